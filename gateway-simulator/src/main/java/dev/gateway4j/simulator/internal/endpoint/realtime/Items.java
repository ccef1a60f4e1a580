package dev.gateway4j.simulator.internal.endpoint.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.request.ToolUse;
import dev.gateway4j.simulator.internal.request.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The items of a conversation, in order. Used by one thread at a time. */
final class Items {
    private static final Set<String> TYPES = Set.of("message", "function_call", "function_call_output");
    private static final Set<String> ROLES = Set.of("user", "assistant", "system");
    private static final int MOST = 10_000;

    private final boolean beta;
    private final List<ObjectNode> list = new ArrayList<>();

    Items(boolean beta) {
        this.beta = beta;
    }

    /** An item as it is told, from one as a client sent it. */
    ObjectNode read(JsonNode sent, String freshId) {
        String type = sent.path("type").asText();
        if (type.isEmpty()) {
            throw EventError.missing("item.type");
        }
        if (!TYPES.contains(type)) {
            throw EventError.value("item.type", type, "'message', 'function_call', and 'function_call_output'");
        }
        String id = sent.path("id").asText(freshId);
        if (at(id) >= 0) {
            throw new EventError(
                    "item_create_item_already_exists",
                    "item.id",
                    "Error adding item: an item with id '" + id + "' already exists.");
        }
        ObjectNode item = begun(id, type, "completed");
        switch (type) {
            case "message" -> message(item, sent);
            case "function_call" ->
                item.put("name", required(sent, "name"))
                        .put("call_id", sent.path("call_id").asText(""))
                        .put("arguments", required(sent, "arguments"));
            default -> item.put("call_id", required(sent, "call_id")).put("output", required(sent, "output"));
        }
        return item;
    }

    /** The head of an item. */
    ObjectNode begun(String id, String type, String status) {
        ObjectNode item = JsonNodeFactory.instance.objectNode().put("id", id);
        if (beta) {
            item.put("object", "realtime.item");
        }
        return item.put("type", type).put("status", status);
    }

    /** Puts an item after another one, or at the end. The id of the one before it; empty if it is the first. */
    String add(ObjectNode item, String after) {
        int place = list.size();
        if (after.equals("root")) {
            place = 0;
        } else if (!after.isEmpty()) {
            place = at(after) + 1;
            if (place == 0) {
                throw new EventError(
                        "invalid_value",
                        "previous_item_id",
                        "Error adding item: the previous item with id '" + after + "' does not exist.");
            }
        }
        if (list.size() == MOST) {
            list.remove(0);
            place = Math.max(0, place - 1);
        }
        list.add(place, item);
        return place == 0 ? "" : list.get(place - 1).path("id").asText();
    }

    /** The item of this id. */
    ObjectNode get(String id, String doing) {
        int place = at(id);
        if (place < 0) {
            throw new EventError(
                    "item_" + doing + "_invalid_item_id",
                    "item_id",
                    "Error: the item with id '" + id + "' does not exist, so it cannot be "
                            + (doing.equals("truncate") ? "truncated" : doing + "d") + ".");
        }
        return list.get(place);
    }

    /** Takes an item away that nobody was told of. */
    void forget(String id) {
        list.removeIf(item -> item.path("id").asText().equals(id));
    }

    void remove(String id) {
        list.remove(get(id, "delete"));
    }

    /** What was said, for a plan. */
    List<Turn> turns() {
        return list.stream().map(Items::turn).toList();
    }

    /** What an item says. */
    static Turn turn(JsonNode item) {
        return switch (item.path("type").asText()) {
            case "function_call" ->
                new Turn(
                        "assistant",
                        "",
                        0,
                        0,
                        List.of(new ToolUse(
                                item.path("call_id").asText(),
                                item.path("name").asText(),
                                item.path("arguments").asText())),
                        "");
            case "function_call_output" ->
                new Turn(
                        "tool",
                        item.path("output").asText(),
                        0,
                        0,
                        List.of(),
                        item.path("call_id").asText());
            default -> said(item);
        };
    }

    private static Turn said(JsonNode item) {
        List<String> texts = new ArrayList<>();
        int images = 0;
        for (JsonNode part : item.path("content")) {
            String text = part.path(part.has("text") ? "text" : "transcript").asText("");
            if (!text.isEmpty()) {
                texts.add(text);
            }
            images += part.path("type").asText().equals("input_image") ? 1 : 0;
        }
        return new Turn(item.path("role").asText(), String.join("\n", texts), images, 0);
    }

    private static void message(ObjectNode item, JsonNode sent) {
        String role = required(sent, "role");
        if (!ROLES.contains(role)) {
            throw EventError.value("item.role", role, "'user', 'assistant', and 'system'");
        }
        if (!sent.path("content").isArray()) {
            throw EventError.missing("item.content");
        }
        item.put("role", role);
        for (JsonNode part : item.putArray("content").addAll(parts(sent.path("content")))) {
            if (part.path("type").asText().isEmpty()) {
                throw EventError.missing("item.content[0].type");
            }
        }
    }

    /** Sound is not told again. */
    private static List<JsonNode> parts(JsonNode content) {
        List<JsonNode> parts = new ArrayList<>();
        for (JsonNode part : content) {
            JsonNode copy = part.deepCopy();
            if (copy instanceof ObjectNode object && object.remove("audio") != null && !object.has("transcript")) {
                object.putNull("transcript");
            }
            parts.add(copy);
        }
        return parts;
    }

    private static String required(JsonNode sent, String name) {
        if (!sent.path(name).isTextual()) {
            throw EventError.missing("item." + name);
        }
        return sent.path(name).asText();
    }

    private int at(String id) {
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).path("id").asText().equals(id)) {
                return i;
            }
        }
        return -1;
    }
}
