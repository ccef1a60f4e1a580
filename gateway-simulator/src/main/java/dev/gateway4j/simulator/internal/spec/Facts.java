package dev.gateway4j.simulator.internal.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Takes the facts out of a schema: names, types, enumerations and bounds, and none of the words around them. */
final class Facts {
    static final String COMPONENT = "#/components/schemas/";

    private static final List<String> PLAIN = List.of(
            "nullable",
            "format",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "maxProperties",
            "pattern");
    private static final List<String> UNIONS = List.of("anyOf", "oneOf", "allOf");

    private Facts() {}

    /**
     * The facts of a schema.
     *
     * @param schema the schema
     * @param component the component it belongs to, to which a recursive reference leads back
     */
    static ObjectNode of(JsonNode schema, String component) {
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        reference(schema, component, facts);
        if (schema.has("type")) {
            facts.set("type", schema.path("type"));
        }
        values(schema, facts);
        for (String name : PLAIN) {
            if (schema.path(name).isValueNode() && !schema.path(name).isNull()) {
                facts.set(name, schema.path(name));
            }
        }
        for (String end : List.of("Minimum", "Maximum")) {
            if (schema.path("exclusive" + end).isBoolean()) { // as in OpenAPI 3.0
                facts.set("exclusive" + end, schema.path(end.toLowerCase(Locale.ROOT)));
            }
        }
        properties(schema, component, facts);
        if (schema.path("items").isObject()) {
            facts.set("items", of(schema.path("items"), component));
        }
        JsonNode additional = schema.path("additionalProperties");
        if (additional.isBoolean()) {
            facts.set("additionalProperties", additional);
        } else if (additional.isObject()) {
            facts.set("additionalProperties", of(additional, component));
        }
        for (String name : UNIONS) {
            if (schema.path(name).isArray()) {
                ArrayNode parts = facts.putArray(name);
                schema.path(name).forEach(part -> parts.add(of(part, component)));
            }
        }
        return facts;
    }

    private static void reference(JsonNode schema, String component, ObjectNode facts) {
        if (schema.path("$ref").isTextual()) {
            facts.put("$ref", schema.path("$ref").asText().replace(COMPONENT, ""));
        } else if (schema.has("$recursiveRef")) {
            facts.put("$ref", component);
        }
    }

    private static void values(JsonNode schema, ObjectNode facts) {
        if (schema.path("enum").isArray()) {
            facts.set("enum", schema.path("enum"));
        } else if (schema.has("const")) {
            facts.putArray("enum").add(schema.path("const"));
        }
        JsonNode standard = schema.path("default");
        // A text with spaces is a sentence, and sentences are left where they are.
        if (standard.isNumber()
                || standard.isBoolean()
                || (standard.isTextual() && !standard.asText().contains(" "))) {
            facts.set("default", standard);
        }
    }

    private static void properties(JsonNode schema, String component, ObjectNode facts) {
        if (schema.path("properties").isObject()) {
            ObjectNode properties = facts.putObject("properties");
            for (Map.Entry<String, JsonNode> property :
                    schema.path("properties").properties()) {
                properties.set(property.getKey(), of(property.getValue(), component));
            }
        }
        if (!schema.path("required").isEmpty()) {
            facts.set("required", schema.path("required"));
        }
    }
}
