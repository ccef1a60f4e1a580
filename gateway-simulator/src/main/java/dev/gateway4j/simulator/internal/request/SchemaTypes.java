package dev.gateway4j.simulator.internal.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds a type in a JSON schema that JSON does not have, in the words of OpenAI's errors. */
final class SchemaTypes {
    private static final Set<String> TYPES =
            Set.of("string", "number", "integer", "boolean", "object", "array", "null");
    private static final List<String> MAPS = List.of("properties", "patternProperties", "$defs", "definitions");
    private static final List<String> LISTS = List.of("anyOf", "allOf", "oneOf", "prefixItems");
    private static final List<String> SCHEMAS = List.of("items", "additionalProperties", "not");

    private SchemaTypes() {}

    /** What is wrong with the types of a schema and of all schemas inside it. */
    static Optional<String> problem(JsonNode schema) {
        if (!schema.isObject()) {
            return Optional.empty();
        }
        JsonNode type = schema.path("type");
        if (!type.isMissingNode() && !isType(type)) {
            String said = type.isTextual() ? "'" + type.asText() + "'" : type.toString();
            return Optional.of(said + " is not valid under any of the given schemas.");
        }
        for (String inside : MAPS) {
            Optional<String> problem = first(schema.path(inside));
            if (problem.isPresent()) {
                return problem;
            }
        }
        for (String inside : LISTS) {
            Optional<String> problem = schema.path(inside).isArray() ? first(schema.path(inside)) : Optional.empty();
            if (problem.isPresent()) {
                return problem;
            }
        }
        return SCHEMAS.stream()
                .flatMap(inside -> problem(schema.path(inside)).stream())
                .findFirst();
    }

    private static Optional<String> first(JsonNode schemas) {
        for (JsonNode one : schemas) {
            Optional<String> problem = problem(one);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private static boolean isType(JsonNode type) {
        if (type.isTextual()) {
            return TYPES.contains(type.asText());
        }
        for (JsonNode one : type) {
            if (!one.isTextual() || !TYPES.contains(one.asText())) {
                return false;
            }
        }
        return type.isArray() && !type.isEmpty();
    }
}
