package dev.gateway4j.simulator.internal.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Items as what was said: every message a turn, every call and its answer one too. */
final class Dialogue {
    private static final List<String> CALLS = List.of(
            "function_call", "custom_tool_call", "computer_call", "local_shell_call", "shell_call", "apply_patch_call");
    private static final String OUTPUT = "_output";

    private Dialogue() {}

    /** The turns of these items. */
    static List<Turn> turns(List<JsonNode> items, String model) {
        List<Turn> turns = new ArrayList<>(items.size());
        for (JsonNode item : items) {
            String type = item.path("type").asText();
            switch (type) {
                case "message" ->
                    turns.add(Parts.responses(
                            item.path("role").asText("user"), item.path("content"), "input.content", model));
                case "function_call" -> turns.add(call(item, "arguments"));
                case "custom_tool_call" -> turns.add(call(item, "input"));
                case "function_call_output", "custom_tool_call_output" -> turns.add(answer(item, model));
                default -> {}
            }
        }
        return turns;
    }

    /** Checks that every call has its answer and every answer its call. */
    static void checkCalls(List<JsonNode> items) {
        Map<String, String> open = new LinkedHashMap<>();
        Set<String> made = new HashSet<>();
        for (JsonNode item : items) {
            String type = item.path("type").asText();
            String id = item.path("call_id").asText();
            if (CALLS.contains(type)) {
                open.put(id, type);
                made.add(id);
            } else if (type.endsWith(OUTPUT) && CALLS.contains(callOf(type))) {
                if (!made.contains(id)) {
                    throw ErrorKind.NO_TOOL_CALL.with(words(callOf(type)), id);
                }
                open.remove(id);
            }
        }
        for (Map.Entry<String, String> call : open.entrySet()) {
            throw ErrorKind.NO_TOOL_OUTPUT.with(words(call.getValue()), call.getKey());
        }
    }

    /** Checks what reasoning items stand before, and that no item comes twice. */
    static void checkOrder(List<JsonNode> input) {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < input.size(); i++) {
            JsonNode item = input.get(i);
            String id = item.path("id").asText();
            if (!id.isEmpty() && !ids.add(id)) {
                throw ErrorKind.DUPLICATE_ITEM.with(id);
            }
            if (item.path("type").asText().equals("reasoning") && !id.isEmpty() && !leadsOn(input, i + 1)) {
                throw ErrorKind.REASONING_ALONE.with(id);
            }
        }
    }

    private static boolean leadsOn(List<JsonNode> input, int next) {
        if (next == input.size()) {
            return false;
        }
        JsonNode item = input.get(next);
        String type = item.path("type").asText();
        return type.equals("reasoning")
                || type.endsWith("_call")
                || (type.equals("message") && item.path("role").asText().equals("assistant"));
    }

    private static Turn call(JsonNode item, String arguments) {
        ToolUse use = new ToolUse(
                item.path("call_id").asText(),
                item.path("name").asText(),
                item.path(arguments).asText());
        return new Turn("assistant", "", 0, 0, List.of(use), "");
    }

    private static Turn answer(JsonNode item, String model) {
        Turn said = Parts.responses("tool", item.path("output"), "input.output", model);
        return new Turn(
                "tool",
                said.text(),
                said.images(),
                said.otherTokens(),
                List.of(),
                item.path("call_id").asText());
    }

    private static String callOf(String output) {
        return output.substring(0, output.length() - OUTPUT.length());
    }

    private static String words(String type) {
        return type.replace('_', ' ');
    }
}
