package dev.gateway4j.simulator.internal.schema;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One schema document: finds what references mean. Used by one thread at a time. */
final class Schemas {
    /** Whatever holds. */
    static final ObjectNode ANY = JsonNodeFactory.instance.objectNode();

    private final JsonNode root;
    private final Budget budget = new Budget();
    private final Map<String, JsonNode> found = new HashMap<>();

    Schemas(JsonNode root) {
        this.root = root;
    }

    JsonNode root() {
        return root;
    }

    /** What all work on this document is paid from. */
    Budget budget() {
        return budget;
    }

    /** What a {@code $ref} means. */
    JsonNode target(String reference, String pointer) {
        JsonNode known = found.get(reference);
        if (known != null) {
            return known;
        }
        JsonNode target = find(reference);
        if (target == null) {
            throw new UnsatisfiableSchema(pointer, "reference '" + reference + "' points to nothing in this schema");
        }
        found.put(reference, target);
        return target;
    }

    /** The pointer a {@code $ref} leads to, for messages. */
    static String place(String reference, String pointer) {
        return reference.startsWith("#/") ? reference.substring(1) : reference.equals("#") ? "" : pointer;
    }

    static String child(String pointer, String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    private @Nullable JsonNode find(String reference) {
        if (reference.equals("#") || reference.isEmpty()) {
            return root;
        }
        if (reference.startsWith("#/")) {
            String path = URLDecoder.decode(reference.substring(1).replace("+", "%2B"), StandardCharsets.UTF_8);
            JsonNode target = root.at(JsonPointer.compile(path));
            return target.isMissingNode() ? null : target;
        }
        String name = reference.startsWith("#") ? reference.substring(1) : reference;
        return named(root, name);
    }

    private static @Nullable JsonNode named(JsonNode node, String name) {
        if (node.path("$anchor").asText().equals(name)
                || node.path("$id").asText().equals(name)) {
            return node;
        }
        for (JsonNode child : node) {
            JsonNode target = named(child, name);
            if (target != null) {
                return target;
            }
        }
        return null;
    }
}
