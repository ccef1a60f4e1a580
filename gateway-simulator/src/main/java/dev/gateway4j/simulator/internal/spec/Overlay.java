package dev.gateway4j.simulator.internal.spec;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Corrections to a document, where the service is known to differ from it. */
final class Overlay {
    private Overlay() {}

    /** Applies the edits in their order. */
    static void apply(JsonNode overlay, JsonNode document, SpecProblems problems) {
        JsonNode edits = overlay.path("edits");
        for (int i = 0; i < edits.size(); i++) {
            String path = edits.get(i).path("path").asText();
            if (!path.startsWith("/") || !apply(edits.get(i), JsonPointer.compile(path), document)) {
                problems.add("edits[" + i + "]", "cannot be applied at \"" + path + "\"");
            }
        }
    }

    private static boolean apply(JsonNode edit, JsonPointer pointer, JsonNode document) {
        JsonNode parent = document.at(pointer.head());
        String key = pointer.last().getMatchingProperty();
        JsonNode value = edit.path("value");
        JsonNode old = document.at(pointer);
        switch (edit.path("op").asText()) {
            case "append" -> {
                return parent instanceof ArrayNode array && array.add(value) != null;
            }
            case "nullable" -> {
                return !old.isMissingNode() && set(parent, key, pointer.last(), nullable(old));
            }
            case "replace", "add" -> {
                return set(parent, key, pointer.last(), value);
            }
            case "unrequire" -> {
                return old instanceof ObjectNode schema && unrequire(schema, value);
            }
            default -> {
                return false;
            }
        }
    }

    private static JsonNode nullable(JsonNode old) {
        ObjectNode wrapped = JsonNodeFactory.instance.objectNode();
        wrapped.putArray("anyOf").add(old).addObject().put("type", "null");
        return wrapped;
    }

    private static boolean set(JsonNode parent, String key, JsonPointer last, JsonNode value) {
        if (parent instanceof ObjectNode object) {
            object.set(key, value);
            return true;
        }
        int index = last.getMatchingIndex();
        if (parent instanceof ArrayNode array && index >= 0 && index < array.size()) {
            array.set(index, value);
            return true;
        }
        return false;
    }

    private static boolean unrequire(ObjectNode schema, JsonNode names) {
        List<String> gone = new ArrayList<>();
        names.forEach(name -> gone.add(name.asText()));
        ArrayNode left = JsonNodeFactory.instance.arrayNode();
        for (JsonNode name : schema.path("required")) {
            if (!gone.contains(name.asText())) {
                left.add(name);
            }
        }
        schema.set("required", left);
        return true;
    }
}
