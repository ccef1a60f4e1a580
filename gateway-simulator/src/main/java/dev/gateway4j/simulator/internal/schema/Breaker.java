package dev.gateway4j.simulator.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.chance.Draws;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Breaks a valid value in one place. Used once, by one thread. */
final class Breaker {
    private static final int DEEPEST = 8;

    private final JsonNode schema;
    private final Schemas schemas;
    private final Flattener flattener;
    private final Checker checker;
    private final Draws draws;
    private final List<SchemaJson.Violation> candidates = new ArrayList<>();

    Breaker(JsonNode schema, Draws draws) {
        this.schema = schema;
        this.schemas = new Schemas(schema);
        this.flattener = new Flattener(schemas);
        this.checker = new Checker(schemas);
        this.draws = draws;
    }

    SchemaJson.Violation broken(JsonNode valid) {
        visit(valid, schema, "", valid, 0);
        while (!candidates.isEmpty()) {
            SchemaJson.Violation candidate = candidates.remove(draws.below(candidates.size()));
            List<Failure> failures = checker.all(schema, candidate.value());
            if (failures.size() == 1 && failures.get(0).keyword().equals(candidate.keyword())) {
                return candidate;
            }
        }
        throw new UnsatisfiableSchema("", "the schema has no keyword that could be broken alone");
    }

    private void visit(JsonNode value, JsonNode part, String at, JsonNode whole, int depth) {
        if (depth > DEEPEST || !part.isObject()) {
            return;
        }
        ObjectNode flat = flattener.flat(part, at);
        for (Change change : changes(flat, value)) {
            candidates.add(new SchemaJson.Violation(replaced(whole, at, change.value()), change.keyword(), at));
        }
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            JsonNode below = flat.path("properties").path(member.getKey());
            visit(member.getValue(), below, Schemas.child(at, member.getKey()), whole, depth + 1);
        }
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            boolean prefixed = i < flat.path("prefixItems").size();
            JsonNode below = prefixed ? flat.path("prefixItems").get(i) : flat.path("items");
            visit(value.get(i), below, at + "/" + i, whole, depth + 1);
        }
    }

    private static List<Change> changes(ObjectNode flat, JsonNode value) {
        List<Change> changes = new ArrayList<>();
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (flat.has("type")) {
            changes.add(new Change(
                    "type", value.isTextual() ? json.numberNode(42) : json.textNode("not what was asked for")));
        }
        if (flat.has("enum")) {
            changes.add(new Change(
                    "enum", value.isTextual() ? json.textNode(value.asText() + "-other") : json.numberNode(-987)));
        }
        if (flat.has("const")) {
            changes.add(new Change(
                    "const", value.isTextual() ? json.textNode(value.asText() + "-other") : json.numberNode(-987)));
        }
        if (value.isNumber()) {
            numbers(flat, value.decimalValue(), changes);
        } else if (value.isTextual()) {
            texts(flat, value.asText(), changes);
        } else if (value.isArray()) {
            arrays(flat, (ArrayNode) value, changes);
        } else if (value.isObject()) {
            objects(flat, (ObjectNode) value, changes);
        }
        return changes;
    }

    private static void numbers(ObjectNode flat, BigDecimal value, List<Change> changes) {
        Bounds bounds = Bounds.of(flat);
        JsonNode multiple = flat.path("multipleOf");
        BigDecimal step = multiple.isNumber() ? multiple.decimalValue() : BigDecimal.ONE;
        if (bounds.low() != null) {
            changes.add(new Change(
                    bounds.lowExclusive() ? "exclusiveMinimum" : "minimum",
                    outside(value, bounds.low(), step.negate())));
        }
        if (bounds.high() != null) {
            changes.add(new Change(
                    bounds.highExclusive() ? "exclusiveMaximum" : "maximum", outside(value, bounds.high(), step)));
        }
        if (multiple.isNumber()) {
            changes.add(new Change("multipleOf", Nodes.number(value.add(step.divide(BigDecimal.valueOf(2))))));
            changes.add(new Change("multipleOf", Nodes.number(value.add(BigDecimal.ONE))));
        }
        if (flat.path("type").asText().equals("integer")) {
            changes.add(new Change("type", Nodes.number(value.add(new BigDecimal("0.5")))));
        }
    }

    /** The value moved by whole steps until it lies beyond the bound. */
    private static JsonNode outside(BigDecimal value, BigDecimal bound, BigDecimal step) {
        BigDecimal steps =
                bound.subtract(value).divide(step, 0, RoundingMode.DOWN).add(BigDecimal.ONE);
        return Nodes.number(value.add(step.multiply(steps)));
    }

    private static void texts(ObjectNode flat, String value, List<Change> changes) {
        int least = flat.path("minLength").asInt(0);
        if (least > 0) {
            changes.add(new Change("minLength", Nodes.text("a".repeat(least - 1))));
        }
        if (flat.has("maxLength")) {
            int most = flat.path("maxLength").asInt();
            changes.add(
                    new Change("maxLength", Nodes.text(value + "a".repeat(Math.max(1, most + 1 - value.length())))));
        }
        if (flat.has("pattern")) {
            changes.add(new Change("pattern", Nodes.text("~".repeat(Math.max(1, value.length())))));
            changes.add(new Change("pattern", Nodes.text("0 ".repeat(Math.max(1, value.length() / 2)))));
        }
    }

    private static void arrays(ObjectNode flat, ArrayNode value, List<Change> changes) {
        if (flat.path("minItems").asInt(0) > 0) {
            ArrayNode fewer = value.deepCopy();
            while (fewer.size() >= flat.path("minItems").asInt()) {
                fewer.remove(fewer.size() - 1);
            }
            changes.add(new Change("minItems", fewer));
        }
        if (flat.has("maxItems") && !value.isEmpty() && flat.path("maxItems").asInt() < 1_000) {
            ArrayNode more = value.deepCopy();
            while (more.size() <= flat.path("maxItems").asInt()) {
                more.add(value.get(0));
            }
            changes.add(new Change("maxItems", more));
        }
        if (flat.path("uniqueItems").asBoolean() && !value.isEmpty()) {
            changes.add(new Change("uniqueItems", value.deepCopy().add(value.get(0))));
        }
    }

    private static void objects(ObjectNode flat, ObjectNode value, List<Change> changes) {
        for (JsonNode name : flat.path("required")) {
            ObjectNode without = value.deepCopy();
            without.remove(name.asText());
            changes.add(new Change("required", without));
        }
        JsonNode additional = flat.path("additionalProperties");
        if (additional.isBoolean() && !additional.asBoolean()) {
            changes.add(new Change("additionalProperties", value.deepCopy().put("unexpected", true)));
        }
    }

    private static JsonNode replaced(JsonNode whole, String at, JsonNode value) {
        if (at.isEmpty()) {
            return value;
        }
        JsonNode copy = whole.deepCopy();
        int cut = at.lastIndexOf('/');
        JsonNode parent = copy.at(at.substring(0, cut));
        String last = at.substring(cut + 1).replace("~1", "/").replace("~0", "~");
        if (parent instanceof ObjectNode object) {
            object.set(last, value);
        } else {
            ((ArrayNode) parent).set(Integer.parseInt(last), value);
        }
        return copy;
    }

    private record Change(String keyword, JsonNode value) {}
}
