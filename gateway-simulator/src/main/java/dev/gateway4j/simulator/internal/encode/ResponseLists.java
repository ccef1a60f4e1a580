package dev.gateway4j.simulator.internal.encode;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.simulator.internal.json.Json;
import java.util.List;
import java.util.Optional;

/** The small bodies around responses. */
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
        return Json.bytes(Json.indented(json -> {
            json.writeStartObject();
            json.writeStringField("id", id);
            json.writeStringField("object", "response.deleted");
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
