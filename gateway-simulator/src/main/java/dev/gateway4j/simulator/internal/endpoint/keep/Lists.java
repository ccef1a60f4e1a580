package dev.gateway4j.simulator.internal.endpoint.keep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.http.Page;
import java.util.List;

/** The small objects around things: lists, and what is left of the deleted. */
public final class Lists {
    private Lists() {}

    /** A page with the ids it begins and ends with. */
    public static ObjectNode cursors(Page page, List<JsonNode> oldestFirst) {
        List<JsonNode> shown = page.of(oldestFirst);
        ObjectNode list = list("list", shown);
        list.set("first_id", shown.isEmpty() ? list.nullNode() : shown.get(0).path("id"));
        list.set(
                "last_id",
                shown.isEmpty() ? list.nullNode() : shown.get(shown.size() - 1).path("id"));
        return list.put("has_more", page.leavesMore(oldestFirst));
    }

    /** A page that tells no ids. */
    public static ObjectNode plain(Page page, List<JsonNode> oldestFirst) {
        return list("list", page.of(oldestFirst)).put("has_more", page.leavesMore(oldestFirst));
    }

    /** A whole list of this kind, without an end. */
    public static ObjectNode list(String object, List<? extends JsonNode> entries) {
        ObjectNode list = JsonNodeFactory.instance.objectNode().put("object", object);
        list.putArray("data").addAll(entries);
        return list;
    }

    /** What is left of a deleted thing. */
    public static ObjectNode deleted(String id, String object) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("object", object + ".deleted")
                .put("deleted", true);
    }
}
