package dev.gateway4j.simulator.internal.encode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.chance.Draws;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.plan.Usage;
import java.util.List;
import java.util.Optional;

/** The small bodies around responses and conversations. */
public final class ResponseLists {
    private ResponseLists() {}

    /** A page of items. */
    public static byte[] page(List<JsonNode> items, boolean more) {
        return Json.bytes(Json.indented(json -> {
            json.writeStartObject();
            json.writeStringField("object", "list");
            json.writeArrayFieldStart("data");
            for (JsonNode item : items) {
                json.writeTree(item);
            }
            json.writeEndArray();
            Json.member(json, "first_id", id(items, 0));
            Json.member(json, "last_id", id(items, items.size() - 1));
            json.writeBooleanField("has_more", more);
            json.writeEndObject();
        }));
    }

    /** What a deleted response leaves behind. */
    public static byte[] deleted(String id) {
        return deleted(id, "response.deleted");
    }

    /** How many tokens an input has. */
    public static byte[] inputTokens(long tokens) {
        return Json.bytes(Json.indented(json -> {
            json.writeStartObject();
            json.writeStringField("object", "response.input_tokens");
            json.writeNumberField("input_tokens", tokens);
            json.writeEndObject();
        }));
    }

    /**
     * What is left of a long exchange.
     *
     * @param id the id
     * @param created when it was made, in seconds since 1970
     * @param output the items that are left
     * @param usage what making it costs
     */
    public static byte[] compaction(String id, long created, List<JsonNode> output, Usage usage) {
        return Json.bytes(Json.indented(json -> {
            json.writeStartObject();
            json.writeStringField("id", id);
            json.writeStringField("object", "response.compaction");
            json.writeNumberField("created_at", created);
            json.writeArrayFieldStart("output");
            for (JsonNode item : output) {
                json.writeTree(item);
            }
            json.writeEndArray();
            json.writeFieldName("usage");
            json.writeTree(ResponseBody.usage(usage));
            json.writeEndObject();
        }));
    }

    /** The item that stands for what was left out. */
    public static ObjectNode compactionItem(String id, Draws draws, int length) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("type", "compaction")
                .put("encrypted_content", OutputItems.sealed(draws, length));
    }

    /** What something deleted leaves behind. */
    public static byte[] deleted(String id, String object) {
        return Json.bytes(Json.indented(json -> {
            json.writeStartObject();
            json.writeStringField("id", id);
            json.writeStringField("object", object);
            json.writeBooleanField("deleted", true);
            json.writeEndObject();
        }));
    }

    private static Optional<String> id(List<JsonNode> items, int index) {
        return items.isEmpty()
                ? Optional.empty()
                : Optional.of(items.get(index).path("id").asText());
    }
}
