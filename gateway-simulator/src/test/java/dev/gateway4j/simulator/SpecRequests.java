package dev.gateway4j.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Requests that keep to a schema: with nothing but what must be there, or with all that may be. */
final class SpecRequests {
    private static final int DEEP = 5;

    private final JsonNode document;
    private final boolean full;
    private final JsonNodeFactory nodes = JsonNodeFactory.instance;

    SpecRequests(JsonNode document, boolean full) {
        this.document = document;
        this.full = full;
    }

    JsonNode of(JsonNode schema) {
        return make(schema, "", 0);
    }

    private JsonNode make(JsonNode asked, String name, int depth) {
        JsonNode schema = resolved(asked);
        if (schema.has("const")) {
            return schema.path("const");
        }
        if (schema.has("enum")) {
            return schema.path("enum").get(0);
        }
        ObjectNode merged = nodes.objectNode();
        for (JsonNode part : schema.path("allOf")) {
            JsonNode made = make(part, name, depth);
            if (!(made instanceof ObjectNode object)) {
                return made;
            }
            merged.setAll(object);
        }
        boolean own = schema.path("properties").isObject()
                && !schema.path("properties").isEmpty();
        for (String union : new String[] {"anyOf", "oneOf"}) {
            JsonNode branch = branch(schema.path(union));
            if (!branch.isMissingNode()) {
                JsonNode made = make(branch, name, depth);
                if (!own || !(made instanceof ObjectNode object)) {
                    return own ? object(schema, depth) : made;
                }
                merged.setAll(object);
            }
        }
        if (own || schema.has("allOf")) {
            return merged.setAll(object(schema, depth));
        }
        return plain(schema, name, depth);
    }

    private JsonNode branch(JsonNode branches) {
        for (JsonNode branch : branches) {
            if (!resolved(branch).path("type").asText().equals("null") && !onlyRequires(branch)) {
                return branch;
            }
        }
        return branches.path("none");
    }

    private static boolean onlyRequires(JsonNode branch) {
        return branch.size() == 1 && branch.has("required");
    }

    private ObjectNode object(JsonNode schema, int depth) {
        Set<String> required = new HashSet<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        for (JsonNode branch : schema.path("anyOf").isEmpty() ? schema.path("oneOf") : schema.path("anyOf")) {
            if (onlyRequires(branch)) {
                branch.path("required").forEach(name -> required.add(name.asText()));
                break;
            }
        }
        ObjectNode object = nodes.objectNode();
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            if (required.contains(property.getKey()) || (full && depth < DEEP)) {
                object.set(property.getKey(), make(property.getValue(), property.getKey(), depth + 1));
            }
        }
        return object;
    }

    private JsonNode plain(JsonNode schema, String name, int depth) {
        String type = schema.path("type").isArray()
                ? schema.path("type").get(0).asText()
                : schema.path("type").asText();
        return switch (type) {
            case "object", "" -> object(schema, depth);
            case "array" -> array(schema, name, depth);
            case "boolean" -> nodes.booleanNode(schema.path("default").asBoolean(false));
            case "integer" -> nodes.numberNode(number(schema).longValue());
            case "number" -> nodes.numberNode(number(schema).decimalValue());
            case "null" -> nodes.nullNode();
            default -> text(schema, name);
        };
    }

    private ArrayNode array(JsonNode schema, String name, int depth) {
        ArrayNode array = nodes.arrayNode();
        int size = Math.max(schema.path("minItems").asInt(), full || depth == 1 ? 1 : 0);
        for (int i = 0; i < size && schema.has("items") && depth <= DEEP + 3; i++) {
            array.add(make(schema.path("items"), name, depth + 1));
        }
        return array;
    }

    private static JsonNode number(JsonNode schema) {
        for (String bound : new String[] {"default", "minimum", "maximum"}) {
            if (schema.path(bound).isNumber()) {
                return schema.path(bound);
            }
        }
        return JsonNodeFactory.instance.numberNode(1);
    }

    private JsonNode text(JsonNode schema, String name) {
        String pattern = schema.path("pattern").asText();
        String text =
                switch (name) {
                    case "model" -> "gpt-4o";
                    case "url", "image_url", "file_url", "server_url" -> "https://example.com/a";
                    default -> schema.path("default").asText("sample");
                };
        if (pattern.startsWith("^tunnel_")) {
            text = "tunnel_" + "a".repeat(32);
        }
        int least = schema.path("minLength").asInt();
        return nodes.textNode(text.length() < least ? text + "x".repeat(least - text.length()) : text);
    }

    private JsonNode resolved(JsonNode schema) {
        String reference = schema.path("$ref").asText();
        return reference.isEmpty() ? schema : resolved(document.at(reference.substring(1)));
    }
}
