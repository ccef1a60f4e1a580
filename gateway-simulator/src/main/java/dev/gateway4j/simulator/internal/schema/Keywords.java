package dev.gateway4j.simulator.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The keywords that look at one value and not below it. */
final class Keywords {
    private Keywords() {}

    static void check(JsonNode schema, JsonNode value, String at, List<Failure> failures, Budget budget) {
        JsonNode type = schema.path("type");
        if (!type.isMissingNode() && !Types.any(type, value)) {
            failures.add(new Failure(at, "type", "no value of type " + type + " satisfies the rest"));
        }
        JsonNode members = schema.path("enum");
        if (members.isArray() && !Nodes.contains(members, value)) {
            failures.add(new Failure(at, "enum", "no member of 'enum' satisfies the rest"));
        }
        if (schema.has("const") && !Nodes.same(schema.get("const"), value)) {
            failures.add(new Failure(at, "const", "the 'const' does not satisfy the rest"));
        }
        if (value.isNumber()) {
            number(schema, value.decimalValue(), at, failures);
        } else if (value.isTextual()) {
            text(schema, value.asText(), at, failures, budget);
        } else if (value.isArray()) {
            array(schema, value, at, failures);
        } else if (value.isObject()) {
            object(schema, value, at, failures);
        }
    }

    private static void number(JsonNode schema, BigDecimal value, String at, List<Failure> failures) {
        Bounds bounds = Bounds.of(schema);
        if (bounds.below(value)) {
            failures.add(new Failure(
                    at,
                    bounds.lowExclusive() ? "exclusiveMinimum" : "minimum",
                    "no number is large enough and allowed"));
        }
        if (bounds.above(value)) {
            failures.add(new Failure(
                    at,
                    bounds.highExclusive() ? "exclusiveMaximum" : "maximum",
                    "no number is small enough and allowed"));
        }
        JsonNode step = schema.path("multipleOf");
        if (step.isNumber()
                && step.decimalValue().signum() > 0
                && value.remainder(step.decimalValue()).signum() != 0) {
            failures.add(new Failure(at, "multipleOf", "no allowed number is a multiple of " + step));
        }
    }

    private static void text(JsonNode schema, String value, String at, List<Failure> failures, Budget budget) {
        int length = value.codePointCount(0, value.length());
        count(schema, "minLength", "maxLength", length, at, failures);
        JsonNode pattern = schema.path("pattern");
        if (pattern.isTextual() && !Patterns.finds(pattern.asText(), value, budget)) {
            failures.add(new Failure(at, "pattern", "no text found matches the pattern " + pattern));
        }
    }

    private static void array(JsonNode schema, JsonNode value, String at, List<Failure> failures) {
        count(schema, "minItems", "maxItems", value.size(), at, failures);
        if (schema.path("uniqueItems").asBoolean()) {
            Set<JsonNode> seen = new HashSet<>();
            for (JsonNode element : value) {
                if (!seen.add(Nodes.canonical(element))) {
                    failures.add(new Failure(at, "uniqueItems", "there are not enough different items"));
                    return;
                }
            }
        }
    }

    private static void object(JsonNode schema, JsonNode value, String at, List<Failure> failures) {
        count(schema, "minProperties", "maxProperties", value.size(), at, failures);
        for (JsonNode name : schema.path("required")) {
            if (!value.has(name.asText())) {
                failures.add(new Failure(at, "required", "required property '" + name.asText() + "' cannot be given"));
            }
        }
        for (String keyword : List.of("dependentRequired", "dependencies")) {
            for (Map.Entry<String, JsonNode> dependent : schema.path(keyword).properties()) {
                for (JsonNode name : dependent.getValue()) {
                    if (value.has(dependent.getKey()) && dependent.getValue().isArray() && !value.has(name.asText())) {
                        failures.add(
                                new Failure(at, keyword, "property '" + name.asText() + "' is needed and missing"));
                    }
                }
            }
        }
    }

    private static void count(
            JsonNode schema, String least, String most, int count, String at, List<Failure> failures) {
        if (schema.path(least).isNumber() && count < schema.path(least).asInt()) {
            failures.add(new Failure(at, least, "'" + least + "' cannot be reached"));
        }
        if (schema.path(most).isNumber() && count > schema.path(most).asInt()) {
            failures.add(new Failure(at, most, "'" + most + "' cannot be kept"));
        }
    }
}
