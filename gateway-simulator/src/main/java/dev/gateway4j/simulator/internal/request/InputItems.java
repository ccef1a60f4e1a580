package dev.gateway4j.simulator.internal.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The {@code input} of a response, which is a text or items of many kinds.
 *
 * @param turns the messages among them
 * @param items all of them in their full form, still without ids
 */
record InputItems(List<Turn> turns, List<JsonNode> items) {
    private static final List<String> ROLES = List.of("assistant", "system", "developer", "user");
    private static final List<String> TYPES = List.of(
            "message",
            "reasoning",
            "function_call",
            "function_call_output",
            "custom_tool_call",
            "custom_tool_call_output",
            "item_reference",
            "compaction",
            "file_search_call",
            "web_search_call",
            "computer_call",
            "computer_call_output",
            "code_interpreter_call",
            "image_generation_call",
            "local_shell_call",
            "local_shell_call_output",
            "shell_call",
            "shell_call_output",
            "apply_patch_call",
            "apply_patch_call_output",
            "mcp_list_tools",
            "mcp_approval_request",
            "mcp_approval_response",
            "mcp_call");
    private static final int CALL_TOKENS = 8;

    static InputItems read(JsonNode input, String model) {
        JsonType.STRING_OR_OBJECTS.require("input", input);
        InputItems items = new InputItems(new ArrayList<>(), new ArrayList<>());
        if (input.isTextual()) {
            items.message("user", input, "input", model);
            return items;
        }
        if (input.isEmpty()) {
            throw ErrorKind.EMPTY_ARRAY.with("input");
        }
        for (int i = 0; i < input.size(); i++) {
            String path = "input[" + i + "]";
            JsonType.OBJECT.require(path, input.get(i));
            items.item(input.get(i), path, model);
        }
        return items;
    }

    private void item(JsonNode item, String path, String model) {
        if (item.has("type")) {
            JsonType.STRING.require(path + ".type", item.path("type"));
        }
        String type = item.path("type").asText("message");
        if (!TYPES.contains(type)) {
            throw ErrorKind.VALUE.with(path + ".type", type, Param.listed(TYPES));
        }
        if (type.equals("message")) {
            String role = Members.requiredText(item, path, "role");
            if (!ROLES.contains(role)) {
                throw ErrorKind.VALUE.with(path + ".role", role, Param.listed(ROLES));
            }
            message(role, Members.required(item, path, "content"), path + ".content", model);
            return;
        }
        items.add(item);
        switch (type) {
            case "function_call" ->
                turns.add(new Turn(
                        "assistant",
                        Members.requiredText(item, path, "name") + Members.requiredText(item, path, "arguments"),
                        0,
                        CALL_TOKENS));
            case "function_call_output" ->
                turns.add(Parts.responses("tool", Members.required(item, path, "output"), path + ".output", model));
            default -> {}
        }
    }

    private void message(String role, JsonNode content, String path, String model) {
        turns.add(Parts.responses(role, content, path, model));
        ObjectNode full = JsonNodeFactory.instance.objectNode();
        full.put("type", "message").put("status", "completed").put("role", role);
        if (content.isTextual()) {
            full.putArray("content")
                    .addObject()
                    .put("type", role.equals("assistant") ? "output_text" : "input_text")
                    .put("text", content.asText());
        } else {
            full.set("content", content);
        }
        items.add(full);
    }
}
