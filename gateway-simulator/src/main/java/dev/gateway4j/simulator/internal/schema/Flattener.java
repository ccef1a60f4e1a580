package dev.gateway4j.simulator.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;

/**
 * Makes one schema of many: references and {@code allOf} are merged into the rest. What offers a choice is moved aside under names no
 * schema has.
 */
final class Flattener {
    /** The groups of which one branch each must hold. */
    static final String CHOICES = "\0choices";
    /** The schemas with {@code if}. */
    static final String CONDITIONS = "\0conditions";

    private static final int LONGEST_CHAIN = 100;

    private final Schemas schemas;
    private int chain;

    Flattener(Schemas schemas) {
        this.schemas = schemas;
    }

    ObjectNode flat(JsonNode schema, String at) {
        if (schema.isBoolean() && !schema.asBoolean()) {
            throw new UnsatisfiableSchema(at, "nothing is allowed here");
        }
        schemas.budget().steps(1 + schema.size(), at);
        if (chain >= LONGEST_CHAIN) {
            throw new UnsatisfiableSchema(at, "the schema refers to itself without end");
        }
        chain++;
        try {
            return parts(schema, at);
        } finally {
            chain--;
        }
    }

    private ObjectNode parts(JsonNode schema, String at) {
        ObjectNode flat = JsonNodeFactory.instance.objectNode();
        JsonNode reference = schema.path("$ref");
        if (reference.isTextual()) {
            flat = flat(schemas.target(reference.asText(), at), Schemas.place(reference.asText(), at));
        }
        merge(flat, own(schema), at);
        for (JsonNode part : schema.path("allOf")) {
            ObjectNode more = flat(part, at);
            schemas.budget()
                    .steps(
                            flat.path("properties").size()
                                    + flat.path("required").size(),
                            at);
            merge(flat, more, at);
        }
        return flat;
    }

    private static ObjectNode own(JsonNode schema) {
        ObjectNode own = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> entry : schema.properties()) {
            switch (entry.getKey()) {
                case "$ref", "allOf", "$defs", "definitions", "then", "else", CHOICES, CONDITIONS -> {}
                case "anyOf", "oneOf" -> own.withArray("/" + CHOICES).add(entry.getValue());
                case "if" -> own.withArray("/" + CONDITIONS).add(schema);
                default -> own.set(entry.getKey(), entry.getValue());
            }
        }
        return own;
    }

    /** Adds what {@code more} demands to {@code flat}. */
    void merge(ObjectNode flat, ObjectNode more, String at) {
        close(flat, more);
        close(more, flat);
        for (Map.Entry<String, JsonNode> entry : more.properties()) {
            String key = entry.getKey();
            flat.set(key, flat.has(key) ? both(key, flat.get(key), entry.getValue(), at) : entry.getValue());
        }
    }

    /** A closed object leaves no room for what others would like to add to it. */
    private static void close(ObjectNode closed, ObjectNode other) {
        JsonNode additional = closed.path("additionalProperties");
        if (!additional.isBoolean()
                || additional.asBoolean()
                || !other.path("properties").isObject()
                || closed.has("patternProperties")) {
            return;
        }
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> property : other.get("properties").properties()) {
            if (closed.path("properties").has(property.getKey())) {
                kept.set(property.getKey(), property.getValue());
            }
        }
        other.set("properties", kept);
    }

    private static JsonNode both(String key, JsonNode one, JsonNode other, String at) {
        return switch (key) {
            case "type" -> types(one, other, at);
            case "enum" -> common(one, other, at);
            case "const" -> constant(one, other, at);
            case "properties", "patternProperties", "dependentSchemas" -> named(one, other);
            case "required", CHOICES, CONDITIONS -> joined(one, other);
            case "items", "additionalProperties", "contains", "propertyNames" -> all(one, other);
            case "minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties", "minContains" ->
                one.decimalValue().compareTo(other.decimalValue()) >= 0 ? one : other;
            case "maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties", "maxContains" ->
                one.decimalValue().compareTo(other.decimalValue()) <= 0 ? one : other;
            case "multipleOf" -> Nodes.number(Steps.common(one.decimalValue(), other.decimalValue()));
            case "not" -> JsonNodeFactory.instance.objectNode().set("anyOf", array(one, other));
            case "uniqueItems" -> one.asBoolean() ? one : other;
            default -> one;
        };
    }

    private static JsonNode types(JsonNode one, JsonNode other, String at) {
        ArrayNode types = JsonNodeFactory.instance.arrayNode();
        for (JsonNode a : one.isArray() ? one : array(one)) {
            for (JsonNode b : other.isArray() ? other : array(other)) {
                if (a.equals(b)) {
                    types.add(a);
                } else if ((a.asText().equals("integer") && b.asText().equals("number"))
                        || (a.asText().equals("number") && b.asText().equals("integer"))) {
                    types.add("integer");
                }
            }
        }
        if (types.isEmpty()) {
            throw new UnsatisfiableSchema(at, "no value is of type " + one + " and of type " + other);
        }
        return types;
    }

    private static JsonNode common(JsonNode one, JsonNode other, String at) {
        ArrayNode common = JsonNodeFactory.instance.arrayNode();
        for (JsonNode member : one) {
            if (Nodes.contains(other, member)) {
                common.add(member);
            }
        }
        if (common.isEmpty()) {
            throw new UnsatisfiableSchema(at, "no member of 'enum' is allowed everywhere");
        }
        return common;
    }

    private static JsonNode constant(JsonNode one, JsonNode other, String at) {
        if (!Nodes.same(one, other)) {
            throw new UnsatisfiableSchema(at, "'const' is both " + one + " and " + other);
        }
        return one;
    }

    private static JsonNode named(JsonNode one, JsonNode other) {
        ObjectNode both = JsonNodeFactory.instance.objectNode();
        one.properties().forEach(entry -> both.set(entry.getKey(), entry.getValue()));
        other.properties()
                .forEach(entry -> both.set(
                        entry.getKey(),
                        both.has(entry.getKey()) ? all(both.get(entry.getKey()), entry.getValue()) : entry.getValue()));
        return both;
    }

    private static JsonNode joined(JsonNode one, JsonNode other) {
        ArrayNode joined = JsonNodeFactory.instance.arrayNode();
        one.forEach(joined::add);
        other.forEach(joined::add);
        return joined;
    }

    /** A schema that demands what both do. */
    static JsonNode all(JsonNode one, JsonNode other) {
        return JsonNodeFactory.instance.objectNode().set("allOf", array(one, other));
    }

    private static ArrayNode array(JsonNode... nodes) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (JsonNode node : nodes) {
            array.add(node);
        }
        return array;
    }

    /** Arithmetic of {@code multipleOf}. */
    static final class Steps {
        private Steps() {}

        /** The smallest number that is a multiple of both. */
        static BigDecimal common(BigDecimal one, BigDecimal other) {
            int scale = Math.max(0, Math.max(one.scale(), other.scale()));
            BigInteger a = one.setScale(scale).unscaledValue();
            BigInteger b = other.setScale(scale).unscaledValue();
            return new BigDecimal(a.multiply(b).divide(a.gcd(b)), scale);
        }
    }
}
