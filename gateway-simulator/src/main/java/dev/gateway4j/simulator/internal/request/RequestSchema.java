package dev.gateway4j.simulator.internal.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what keeps a JSON schema from being used, in OpenAI's own words. Every schema of a function or an answer is an object; a strict one
 * says all its members, requires them all and allows no others.
 */
final class RequestSchema {
    private static final List<String> NEVER =
            List.of("allOf", "oneOf", "not", "if", "then", "else", "dependentRequired");
    private static final List<String> LISTS = List.of("anyOf");
    private static final List<String> MAPS = List.of("properties", "$defs", "definitions");

    private final boolean strict;

    private RequestSchema(boolean strict) {
        this.strict = strict;
    }

    /** The first problem, as it follows {@code Invalid schema for ...:}; empty if there is none. */
    static Optional<String> problem(JsonNode schema, boolean strict) {
        JsonNode type = schema.path("type");
        boolean object = type.asText().equals("object");
        if (!object && (strict || !type.isMissingNode()) && !schema.has("$ref")) {
            String got = type.isTextual() ? type.asText() : "None";
            return Optional.of("schema must be a JSON Schema of 'type: \"object\"', got 'type: \"" + got + "\"'.");
        }
        return new RequestSchema(strict).within(schema, List.of()).or(() -> SchemaTypes.problem(schema));
    }

    private Optional<String> within(JsonNode schema, List<String> path) {
        if (!schema.isObject()) {
            return schema.isBoolean() && !strict
                    ? Optional.empty()
                    : Optional.of(schema + " is not of type 'object', 'boolean'.");
        }
        if (isArray(schema) && !schema.has("items") && !schema.has("prefixItems")) {
            return at(path, "array schema missing items.");
        }
        Optional<String> own = strict ? strictly(schema, path) : Optional.empty();
        return own.or(() -> below(schema, path));
    }

    private Optional<String> strictly(JsonNode schema, List<String> path) {
        for (String keyword : NEVER) {
            if (schema.has(keyword)) {
                return at(path, "'" + keyword + "' is not permitted.");
            }
        }
        boolean object = schema.path("type").asText().equals("object") || schema.has("properties");
        if (object) {
            JsonNode others = schema.path("additionalProperties");
            if (!others.isBoolean() || others.asBoolean()) {
                return at(path, "'additionalProperties' is required to be supplied and to be false.");
            }
            return required(schema, path);
        }
        boolean typed = schema.has("type")
                || schema.has("$ref")
                || schema.has("anyOf")
                || schema.has("enum")
                || schema.has("const");
        return typed ? Optional.empty() : at(path, "schema must have a 'type' key.");
    }

    private static Optional<String> required(JsonNode schema, List<String> path) {
        String rule = "'required' is required to be supplied and to be an array including every key in properties.";
        Set<String> required = new HashSet<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            if (!required.remove(property.getKey())) {
                return at(path, rule + " Missing '" + property.getKey() + "'.");
            }
        }
        return required.isEmpty()
                ? Optional.empty()
                : at(path, rule + " Extra required key '" + required.iterator().next() + "' supplied.");
    }

    private Optional<String> below(JsonNode schema, List<String> path) {
        for (String keyword : MAPS) {
            for (Map.Entry<String, JsonNode> one : schema.path(keyword).properties()) {
                Optional<String> problem = within(one.getValue(), and(path, keyword, one.getKey()));
                if (problem.isPresent()) {
                    return problem;
                }
            }
        }
        for (String keyword : LISTS) {
            for (int i = 0; i < schema.path(keyword).size(); i++) {
                Optional<String> problem = within(schema.path(keyword).get(i), and(path, keyword, Integer.toString(i)));
                if (problem.isPresent()) {
                    return problem;
                }
            }
        }
        JsonNode items = schema.path("items");
        return items.isObject() ? within(items, and(path, "items")) : Optional.empty();
    }

    private static boolean isArray(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.asText().equals("array");
    }

    private static List<String> and(List<String> path, String... more) {
        List<String> longer = new ArrayList<>(path);
        longer.addAll(List.of(more));
        return longer;
    }

    /** A problem at a place, which is told as Python prints a tuple. */
    private static Optional<String> at(List<String> path, String problem) {
        StringBuilder tuple = new StringBuilder("(");
        for (String key : path) {
            boolean number = key.chars().allMatch(c -> c >= '0' && c <= '9') && !key.isEmpty();
            tuple.append(tuple.length() > 1 ? ", " : "").append(number ? key : "'" + key + "'");
        }
        return Optional.of("In context=" + tuple + (path.size() == 1 ? ",)" : ")") + ", " + problem);
    }
}
