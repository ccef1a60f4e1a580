package dev.gateway4j.simulator.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with a value. Used by one thread at a time. */
final class Checker {
    private static final int DEEPEST = 200;

    private final Schemas schemas;
    private int depth;

    Checker(Schemas schemas) {
        this.schemas = schemas;
    }

    /** The first thing that is wrong, or null. */
    @Nullable
    Failure first(JsonNode schema, JsonNode value) {
        List<Failure> all = all(schema, value);
        return all.isEmpty() ? null : all.get(0);
    }

    /** Everything that is wrong, one entry per broken keyword and place. */
    List<Failure> all(JsonNode schema, JsonNode value) {
        List<Failure> failures = new ArrayList<>();
        check(schema, value, "", failures);
        return failures;
    }

    boolean holds(JsonNode schema, JsonNode value, String at) {
        List<Failure> failures = new ArrayList<>();
        check(schema, value, at, failures);
        return failures.isEmpty();
    }

    private void check(JsonNode schema, JsonNode value, String at, List<Failure> failures) {
        if (schema.isBoolean() && !schema.asBoolean()) {
            failures.add(new Failure(at, "false", "nothing is allowed here"));
        }
        if (!schema.isObject()) {
            return;
        }
        schemas.budget().steps(1, at);
        if (++depth > DEEPEST) {
            throw new UnsatisfiableSchema(at, "the schema refers to itself without end");
        }
        JsonNode reference = schema.path("$ref");
        if (reference.isTextual()) {
            String place = Schemas.place(reference.asText(), at);
            check(schemas.target(reference.asText(), at), value, place, failures);
        }
        combined(schema, value, at, failures);
        if (!(value.isNull() && schema.path("nullable").asBoolean())) {
            Keywords.check(schema, value, at, failures, schemas.budget());
        }
        if (value.isObject()) {
            members(schema, value, at, failures);
        } else if (value.isArray()) {
            elements(schema, value, at, failures);
        }
        depth--;
    }

    private void combined(JsonNode schema, JsonNode value, String at, List<Failure> failures) {
        for (int i = 0; i < schema.path("allOf").size(); i++) {
            check(schema.path("allOf").get(i), value, at + "/allOf/" + i, failures);
        }
        if (schema.path("anyOf").isArray() && matching(schema.path("anyOf"), value, at) == 0) {
            failures.add(new Failure(at, "anyOf", "none of 'anyOf' can be satisfied"));
        }
        if (schema.path("oneOf").isArray() && matching(schema.path("oneOf"), value, at) != 1) {
            failures.add(new Failure(at, "oneOf", "no value satisfies exactly one of 'oneOf'"));
        }
        if (schema.has("not") && holds(schema.get("not"), value, at + "/not")) {
            failures.add(new Failure(at, "not", "every value found is excluded by 'not'"));
        }
        if (schema.has("if")) {
            String branch = holds(schema.get("if"), value, at + "/if") ? "then" : "else";
            check(schema.path(branch), value, at + "/" + branch, failures);
        }
    }

    private int matching(JsonNode branches, JsonNode value, String at) {
        int count = 0;
        for (JsonNode branch : branches) {
            count += holds(branch, value, at) ? 1 : 0;
        }
        return count;
    }

    private void members(JsonNode schema, JsonNode value, String at, List<Failure> failures) {
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            member(schema, member.getKey(), member.getValue(), at, failures);
        }
        for (String keyword : List.of("dependentSchemas", "dependencies")) {
            for (Map.Entry<String, JsonNode> dependent : schema.path(keyword).properties()) {
                if (value.has(dependent.getKey()) && !dependent.getValue().isArray()) {
                    check(dependent.getValue(), value, Schemas.child(at + "/" + keyword, dependent.getKey()), failures);
                }
            }
        }
    }

    private void member(JsonNode schema, String name, JsonNode value, String at, List<Failure> failures) {
        boolean known = schema.path("properties").has(name);
        if (known) {
            check(schema.path("properties").get(name), value, Schemas.child(at + "/properties", name), failures);
        }
        for (Map.Entry<String, JsonNode> pattern :
                schema.path("patternProperties").properties()) {
            if (Patterns.finds(pattern.getKey(), name, schemas.budget())) {
                known = true;
                check(pattern.getValue(), value, Schemas.child(at + "/patternProperties", pattern.getKey()), failures);
            }
        }
        JsonNode additional = schema.path("additionalProperties");
        if (!known && additional.isBoolean() && !additional.asBoolean()) {
            failures.add(new Failure(
                    at,
                    "additionalProperties",
                    "property '" + name + "' is required but not allowed by 'additionalProperties'"));
        } else if (!known) {
            check(additional, value, at + "/additionalProperties", failures);
        }
        JsonNode names = schema.path("propertyNames");
        if (!names.isMissingNode()) {
            check(names, Nodes.text(name), at + "/propertyNames", failures);
        }
    }

    private void elements(JsonNode schema, JsonNode value, String at, List<Failure> failures) {
        JsonNode items = schema.path("items");
        boolean tuple = items.isArray();
        JsonNode prefix = tuple ? items : schema.path("prefixItems");
        JsonNode rest = tuple ? schema.path("additionalItems") : items;
        for (int i = 0; i < value.size(); i++) {
            JsonNode element = i < prefix.size() ? prefix.get(i) : rest;
            String place = i < prefix.size() ? (tuple ? "/items/" : "/prefixItems/") + i : "/items";
            check(element, value.get(i), at + place, failures);
        }
        if (schema.has("contains")) {
            contains(schema, value, at, failures);
        }
    }

    private void contains(JsonNode schema, JsonNode value, String at, List<Failure> failures) {
        int count = 0;
        for (JsonNode element : value) {
            count += holds(schema.get("contains"), element, at + "/contains") ? 1 : 0;
        }
        if (count < schema.path("minContains").asInt(1)
                || count > schema.path("maxContains").asInt(Integer.MAX_VALUE)) {
            failures.add(new Failure(at, "contains", "'contains' cannot be satisfied"));
        }
    }
}
