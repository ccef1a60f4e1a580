package dev.gateway4j.simulator.internal.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Items that are sent: the {@code input} of a response, or what a conversation is given. */
public final class InputItems {
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
            "mcp_call",
            "tool_search_call",
            "tool_search_output",
            "program",
            "program_output");
    /** Members an item cannot do without and which are texts. */
    private static final Map<String, List<String>> TEXTS = Map.of(
            "function_call", List.of("call_id", "name", "arguments"),
            "function_call_output", List.of("call_id"),
            "custom_tool_call", List.of("call_id", "name", "input"),
            "custom_tool_call_output", List.of("call_id"),
            "item_reference", List.of("id"),
            "mcp_approval_response", List.of("approval_request_id"));
    /** Members an item cannot do without, whatever they are. */
    private static final Map<String, List<String>> MEMBERS = Map.of(
            "function_call_output", List.of("output"),
            "custom_tool_call_output", List.of("output"),
            "computer_call_output", List.of("call_id", "output"),
            "mcp_approval_response", List.of("approve"),
            "reasoning", List.of("summary"));

    private final String model;
    private final Function<String, Optional<JsonNode>> stored;
    private final List<JsonNode> items = new ArrayList<>();

    private InputItems(String model, Function<String, Optional<JsonNode>> stored) {
        this.model = model;
        this.stored = stored;
    }

    /**
     * The items in their full form, references replaced by what they refer to; those that were sent without an id have none.
     *
     * @param input a text or an array of items
     * @param name the member it is
     * @param model the model, which decides what pictures cost
     * @param stored what items are known, by their id
     */
    public static List<JsonNode> read(
            JsonNode input, String name, String model, Function<String, Optional<JsonNode>> stored) {
        JsonType.STRING_OR_OBJECTS.require(name, input);
        InputItems items = new InputItems(model, stored);
        if (input.isTextual()) {
            items.message(JsonNodeFactory.instance.objectNode(), "user", input, name);
            return items.items;
        }
        if (input.isEmpty()) {
            throw ErrorKind.EMPTY_ARRAY.with(name);
        }
        for (int i = 0; i < input.size(); i++) {
            String path = name + "[" + i + "]";
            JsonType.OBJECT.require(path, input.get(i));
            items.item(input.get(i), path);
        }
        return items.items;
    }

    private void item(JsonNode item, String path) {
        if (item.hasNonNull("type")) {
            JsonType.STRING.require(path + ".type", item.path("type"));
        }
        String type = item.path("type").asText(item.has("id") && !item.has("role") ? "item_reference" : "message");
        if (type.equals("null")) {
            type = "message";
        }
        if (!TYPES.contains(type)) {
            throw ErrorKind.VALUE.with(path + ".type", type, Param.listed(TYPES));
        }
        if (type.equals("message")) {
            String role = Members.requiredText(item, path, "role");
            if (!ROLES.contains(role)) {
                throw ErrorKind.VALUE.with(path + ".role", role, Param.listed(ROLES));
            }
            message(item, role, Members.required(item, path, "content"), path + ".content");
            return;
        }
        for (String member : TEXTS.getOrDefault(type, List.of())) {
            Members.requiredText(item, path, member);
        }
        for (String member : MEMBERS.getOrDefault(type, List.of())) {
            Members.required(item, path, member);
        }
        if (type.equals("item_reference")) {
            String id = item.path("id").asText();
            items.add(stored.apply(id).orElseThrow(() -> ErrorKind.ITEM_NOT_FOUND.with(id)));
            return;
        }
        if (type.equals("function_call_output") || type.equals("custom_tool_call_output")) {
            Parts.responses("tool", item.path("output"), path + ".output", model);
        }
        if (type.equals("reasoning")) {
            JsonType.OBJECTS.require(path + ".summary", item.path("summary"));
        }
        items.add(item);
    }

    private void message(JsonNode item, String role, JsonNode content, String path) {
        Parts.responses(role, content, path, model);
        ObjectNode full = JsonNodeFactory.instance.objectNode();
        full.put("type", "message");
        if (item.path("id").isTextual()) {
            full.set("id", item.path("id"));
        }
        full.put("status", "completed").put("role", role);
        ArrayNode parts = full.putArray("content");
        if (content.isTextual()) {
            parts.add(part(role.equals("assistant") ? "output_text" : "input_text", content));
        } else {
            content.forEach(part -> parts.add(completed(part)));
        }
        items.add(full);
    }

    /** A part of what an assistant said has members that may be left out when it is sent. */
    private static JsonNode completed(JsonNode part) {
        boolean spoken = part.path("type").asText().equals("output_text");
        if (!spoken || (part.has("annotations") && part.has("logprobs"))) {
            return part;
        }
        ObjectNode full = part("output_text", part.path("text"));
        part.properties().forEach(member -> full.set(member.getKey(), member.getValue()));
        return full;
    }

    private static ObjectNode part(String type, JsonNode text) {
        ObjectNode part = JsonNodeFactory.instance.objectNode().put("type", type);
        if (type.equals("output_text")) {
            part.putArray("annotations");
            part.putArray("logprobs");
        }
        return part.set("text", text);
    }
}
