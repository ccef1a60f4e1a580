package dev.gateway4j.simulator.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The types of JSON schema. */
final class Types {
    private static final List<String> OF_OBJECTS = List.of(
            "properties", "required", "additionalProperties", "minProperties", "patternProperties", "propertyNames");
    private static final List<String> OF_ARRAYS =
            List.of("items", "prefixItems", "minItems", "contains", "uniqueItems");
    private static final List<String> OF_NUMBERS =
            List.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf");

    private Types() {}

    /** The types a schema allows, or that its keywords suggest. */
    static List<String> of(JsonNode schema) {
        List<String> types = new ArrayList<>();
        JsonNode type = schema.path("type");
        if (type.isTextual()) {
            types.add(type.asText());
        }
        type.forEach(one -> types.add(one.asText()));
        if (type.isMissingNode()) {
            types.add(suggested(schema));
        }
        if (schema.path("nullable").asBoolean() && !types.contains("null")) {
            types.add("null");
        }
        return types;
    }

    static boolean any(JsonNode type, JsonNode value) {
        if (type.isTextual()) {
            return is(type.asText(), value);
        }
        for (JsonNode one : type) {
            if (is(one.asText(), value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean is(String type, JsonNode value) {
        return switch (type) {
            case "string" -> value.isTextual();
            case "number" -> value.isNumber();
            case "integer" -> value.isNumber() && Nodes.whole(value.decimalValue());
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            case "array" -> value.isArray();
            case "object" -> value.isObject();
            default -> false;
        };
    }

    private static String suggested(JsonNode schema) {
        if (OF_OBJECTS.stream().anyMatch(schema::has)) {
            return "object";
        }
        if (OF_ARRAYS.stream().anyMatch(schema::has)) {
            return "array";
        }
        return OF_NUMBERS.stream().anyMatch(schema::has) ? "number" : "string";
    }
}
