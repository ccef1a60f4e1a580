package dev.gateway4j.simulator.internal.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@code messages}: roles, contents, and whether every tool call has its answer. */
final class ChatMessages {
    private static final List<String> ROLES = List.of("system", "assistant", "user", "function", "tool", "developer");
    /** Those of requests, and those of answers that come back as they were. */
    private static final Set<String> MEMBERS = Set.of(
            "role",
            "content",
            "name",
            "tool_calls",
            "tool_call_id",
            "function_call",
            "refusal",
            "audio",
            "annotations",
            "parsed");

    private final String model;
    private final List<Turn> turns = new ArrayList<>();
    private final Set<String> called = new LinkedHashSet<>();
    private final Set<String> open = new LinkedHashSet<>();
    private boolean afterCalls;

    private ChatMessages(String model) {
        this.model = model;
    }

    static Conversation read(JsonNode messages, String model) {
        JsonType.OBJECTS.require("messages", messages);
        if (messages.isEmpty()) {
            throw ErrorKind.EMPTY_ARRAY.with("messages");
        }
        ChatMessages reader = new ChatMessages(model);
        for (int i = 0; i < messages.size(); i++) {
            reader.message(messages.get(i), i);
        }
        reader.requireAnswered(messages.size());
        return new Conversation(reader.turns);
    }

    private void message(JsonNode message, int index) {
        String path = "messages[" + index + "]";
        String role = Members.requiredText(message, path, "role");
        if (!ROLES.contains(role)) {
            throw ErrorKind.VALUE.with(path + ".role", role, Param.listed(ROLES));
        }
        for (Map.Entry<String, JsonNode> member : message.properties()) {
            if (!MEMBERS.contains(member.getKey())) {
                throw ErrorKind.UNKNOWN_PARAMETER.with(path + "." + member.getKey());
            }
        }
        if (message.hasNonNull("name")) {
            JsonType.STRING.require(path + ".name", message.path("name"));
        }
        if (role.equals("tool")) {
            requireCalled(message, path, index);
        } else {
            requireAnswered(index);
        }
        turns.add(turn(message, role, path, index));
    }

    private Turn turn(JsonNode message, String role, String path, int index) {
        List<ToolUse> calls = role.equals("assistant") ? calls(message, path) : List.of();
        Turn said = said(message, role, path, index);
        String answers =
                switch (role) {
                    case "tool" -> message.path("tool_call_id").asText();
                    case "function" -> Members.requiredText(message, path, "name");
                    default -> "";
                };
        return new Turn(role, said.text(), said.images(), said.otherTokens(), calls, answers);
    }

    private Turn said(JsonNode message, String role, String path, int index) {
        JsonNode content = message.path("content");
        boolean mayBeSilent = role.equals("assistant")
                && (message.hasNonNull("tool_calls")
                        || message.hasNonNull("function_call")
                        || message.hasNonNull("refusal")
                        || message.hasNonNull("audio"));
        if (content.isMissingNode() && !mayBeSilent) {
            throw ErrorKind.MISSING.with(path + ".content");
        }
        if (content.isNull() && !mayBeSilent && !role.equals("function")) {
            throw ErrorKind.NULL_CONTENT.with(index);
        }
        if (content.isMissingNode() || content.isNull()) {
            return new Turn(role, message.path("refusal").asText(""), 0, 0);
        }
        return Parts.chat(role, content, path + ".content", model);
    }

    private List<ToolUse> calls(JsonNode message, String path) {
        List<ToolUse> calls = new ArrayList<>();
        if (message.hasNonNull("function_call")) {
            JsonNode call = Members.requiredObject(message, path, "function_call");
            String name = Members.requiredText(call, path + ".function_call", "name");
            calls.add(new ToolUse(name, name, Members.requiredText(call, path + ".function_call", "arguments")));
        }
        if (!message.hasNonNull("tool_calls")) {
            return calls;
        }
        JsonNode given = message.path("tool_calls");
        String callsPath = path + ".tool_calls";
        JsonType.OBJECTS.require(callsPath, given);
        if (given.isEmpty()) {
            throw ErrorKind.EMPTY_ARRAY.with(callsPath);
        }
        called.clear();
        for (int i = 0; i < given.size(); i++) {
            ToolUse use = call(given.get(i), callsPath + "[" + i + "]");
            calls.add(use);
            called.add(use.id());
        }
        open.addAll(called);
        afterCalls = true;
        return calls;
    }

    private static ToolUse call(JsonNode call, String path) {
        String id = Members.requiredText(call, path, "id");
        String type = Members.requiredText(call, path, "type");
        boolean custom = type.equals("custom");
        if (!custom && !type.equals("function")) {
            throw ErrorKind.VALUE.with(path + ".type", type, "'function' and 'custom'");
        }
        JsonNode tool = Members.requiredObject(call, path, type);
        String toolPath = path + "." + type;
        String name = Members.requiredText(tool, toolPath, "name");
        return new ToolUse(id, name, Members.requiredText(tool, toolPath, custom ? "input" : "arguments"));
    }

    private void requireCalled(JsonNode message, String path, int index) {
        if (!afterCalls) {
            throw ErrorKind.ORPHAN_TOOL.with(index);
        }
        String id = Members.requiredText(message, path, "tool_call_id");
        if (!called.contains(id)) {
            throw ErrorKind.UNKNOWN_CALL.with(index, id);
        }
        open.remove(id);
    }

    private void requireAnswered(int index) {
        if (!open.isEmpty()) {
            throw ErrorKind.UNANSWERED_TOOL.with(index, String.join(", ", open));
        }
        afterCalls = false;
    }
}
