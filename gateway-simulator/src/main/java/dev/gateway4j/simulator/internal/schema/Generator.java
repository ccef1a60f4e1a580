package dev.gateway4j.simulator.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.chance.Draws;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Makes one value by a schema. Used once, by one thread. */
final class Generator {
    private static final List<String> NEED_A_CHECK =
            List.of("not", "contains", "dependentSchemas", "dependencies", "propertyNames", "patternProperties");
    private static final int TRIES = 25;
    private static final int MOST_TRIES = 1_500;
    private static final int PLENTY = 120;
    private static final int DEEP = 6;
    private static final double NULL_SHARE = 0.12;

    private final Schemas schemas;
    private final Flattener flattener;
    private final Checker checker;
    private final Heights heights;
    private final Hints hints;
    private final Draws draws;
    private final ObjectMaker objects;
    private final ArrayMaker arrays;
    private final TextMaker texts;
    private final NumberMaker numbers;
    private int made;
    private int tries;

    Generator(Schemas schemas, Hints hints, Draws draws) {
        this.schemas = schemas;
        this.hints = hints;
        this.draws = draws;
        this.flattener = new Flattener(schemas);
        this.checker = new Checker(schemas);
        this.heights = new Heights(schemas);
        this.objects = new ObjectMaker(this, flattener, hints, draws, schemas.budget());
        this.arrays = new ArrayMaker(this, hints, draws);
        this.texts = new TextMaker(hints, draws, schemas.budget());
        this.numbers = new NumberMaker(hints, draws);
    }

    JsonNode value() {
        if (heights.of(schemas.root()) >= Heights.ENDLESS) {
            throw Place.ROOT.impossible("every value would have to contain another of its kind without end");
        }
        return value(schemas.root(), Place.ROOT);
    }

    /** A value of the schema that stands there. */
    JsonNode value(JsonNode schema, Place place) {
        made++;
        if (place.depth() > Heights.ENDLESS) {
            throw place.impossible("every value found contains another of its kind without end");
        }
        ObjectNode flat = flattener.flat(schema, place.at());
        if (!needsCheck(schema, flat)) {
            return chosen(flat, place);
        }
        UnsatisfiableSchema last = place.impossible("no value was found");
        for (int i = 0; i < TRIES && tries++ < MOST_TRIES; i++) {
            JsonNode value = chosen(copy(flat), place);
            Failure failure = checker.first(schema, value);
            if (failure == null) {
                return value;
            }
            last = new UnsatisfiableSchema(place.at() + failure.pointer(), failure.reason());
        }
        throw last;
    }

    /** Pays for comparing so many values. */
    void compared(int count, Place place) {
        schemas.budget().letters(count, place.at());
    }

    /** True if a value has become so large or deep that only what is needed is added. */
    boolean sparing(Place place) {
        return made > PLENTY || place.depth() > DEEP;
    }

    /** The names of these properties, those with the smallest values first. */
    List<String> shallowFirst(JsonNode properties) {
        List<String> names = new ArrayList<>();
        properties.fieldNames().forEachRemaining(names::add);
        names.sort(Comparator.comparingInt(name -> heights.of(properties.get(name))));
        return names;
    }

    /** True for what has a value that is neither an object nor an array of them. */
    boolean flatEnough(JsonNode schema) {
        return heights.of(schema) <= 1;
    }

    private static boolean needsCheck(JsonNode schema, ObjectNode flat) {
        return schema.has("oneOf")
                || schema.has("allOf")
                || flat.has(Flattener.CONDITIONS)
                || NEED_A_CHECK.stream().anyMatch(flat::has);
    }

    private JsonNode chosen(ObjectNode flat, Place place) {
        if (flat.has("const")) {
            return permitted(flat, flat.get("const"), place);
        }
        if (flat.path(Flattener.CHOICES).size() > 0) {
            return branched(flat, place);
        }
        if (flat.path(Flattener.CONDITIONS).size() > 0) {
            return conditional(flat, place);
        }
        return flat.has("enum") ? member(flat, place) : typed(flat, place);
    }

    private JsonNode permitted(ObjectNode flat, JsonNode value, Place place) {
        List<Failure> failures = new ArrayList<>();
        Keywords.check(flat, value, place.at(), failures, schemas.budget());
        if (!failures.isEmpty()) {
            throw place.impossible(failures.get(0).reason());
        }
        return value;
    }

    private JsonNode member(ObjectNode flat, Place place) {
        List<JsonNode> members = new ArrayList<>();
        for (JsonNode member : flat.get("enum")) {
            List<Failure> failures = new ArrayList<>();
            Keywords.check(flat, member, place.at(), failures, schemas.budget());
            if (failures.isEmpty()) {
                members.add(member);
            }
        }
        if (members.isEmpty()) {
            throw place.impossible(
                    flat.get("enum").isEmpty() ? "'enum' is empty" : "no member of 'enum' satisfies the rest");
        }
        for (JsonNode member : members) {
            if (member.isTextual() && hints.mentions(member.asText())) {
                return member;
            }
        }
        JsonNode member = members.get(draws.below(members.size()));
        return member.isNull() && members.size() > 1 ? members.get(members.indexOf(member) == 0 ? 1 : 0) : member;
    }

    private JsonNode branched(ObjectNode flat, Place place) {
        ArrayNode groups = (ArrayNode) flat.get(Flattener.CHOICES);
        ArrayNode rest = afterFirst(groups);
        UnsatisfiableSchema last = place.impossible("there is nothing to choose from");
        for (JsonNode branch : ordered(groups.get(0), place)) {
            schemas.budget().steps(1 + flat.size() + groups.size(), place.at());
            ObjectNode merged = copy(flat);
            merged.set(Flattener.CHOICES, rest);
            try {
                flattener.merge(merged, flattener.flat(branch, place.at()), place.at());
                return chosen(merged, place);
            } catch (UnsatisfiableSchema impossible) {
                last = impossible;
            }
        }
        throw last;
    }

    private static ArrayNode afterFirst(ArrayNode all) {
        ArrayNode rest = JsonNodeFactory.instance.arrayNode();
        for (int i = 1; i < all.size(); i++) {
            rest.add(all.get(i));
        }
        return rest;
    }

    /** Only the members of a flat schema are ever replaced, never what is in them. */
    private static ObjectNode copy(ObjectNode flat) {
        return JsonNodeFactory.instance.objectNode().setAll(flat);
    }

    private List<JsonNode> ordered(JsonNode group, Place place) {
        List<JsonNode> branches = new ArrayList<>();
        group.forEach(branch -> branches.add(draws.below(branches.size() + 1), branch));
        boolean nothing = draws.chance(NULL_SHARE) && !place.at().isEmpty();
        branches.sort(Comparator.comparing(branch -> isNull(branch) != nothing));
        branches.sort(Comparator.comparing(branch -> !mentioned(branch)));
        if (sparing(place)) {
            branches.sort(Comparator.comparingInt(heights::of));
        }
        return branches;
    }

    private static boolean isNull(JsonNode schema) {
        return schema.path("type").asText().equals("null");
    }

    /** True if the prompt names what tells this branch from the others, such as the constant of its {@code type}. */
    private boolean mentioned(JsonNode branch) {
        for (JsonNode property : branch.path("properties")) {
            JsonNode mark = property.has("const")
                    ? property.get("const")
                    : property.path("enum").path(0);
            if (mark.isTextual() && property.path("enum").size() < 2 && hints.mentions(mark.asText())) {
                return true;
            }
        }
        return false;
    }

    private JsonNode conditional(ObjectNode flat, Place place) {
        ArrayNode conditions = (ArrayNode) flat.get(Flattener.CONDITIONS);
        JsonNode condition = conditions.get(0);
        ObjectNode rest = copy(flat);
        rest.set(Flattener.CONDITIONS, afterFirst(conditions));
        boolean holds = draws.chance(0.5);
        UnsatisfiableSchema last = place.impossible("neither 'then' nor 'else' can be satisfied");
        for (boolean then : new boolean[] {holds, !holds}) {
            schemas.budget().steps(1 + flat.size() + conditions.size(), place.at());
            ObjectNode merged = copy(rest);
            try {
                if (then) {
                    flattener.merge(merged, flattener.flat(condition.get("if"), place.at() + "/if"), place.at());
                }
                JsonNode consequence = condition.path(then ? "then" : "else");
                flattener.merge(merged, flattener.flat(consequence, place.at()), place.at());
                return chosen(merged, place);
            } catch (UnsatisfiableSchema impossible) {
                last = impossible;
            }
        }
        throw last;
    }

    private JsonNode typed(ObjectNode flat, Place place) {
        List<String> types = Types.of(flat);
        List<String> some = types.stream().filter(type -> !type.equals("null")).toList();
        boolean nothing = types.size() > some.size() && (some.isEmpty() || sparing(place) || draws.chance(NULL_SHARE));
        String type = nothing ? "null" : some.isEmpty() ? "" : some.get(sparing(place) ? 0 : draws.below(some.size()));
        return switch (type) {
            case "null" -> JsonNodeFactory.instance.nullNode();
            case "boolean" -> JsonNodeFactory.instance.booleanNode(draws.chance(0.6));
            case "integer", "number" -> numbers.number(flat, place, type.equals("integer"));
            case "string" -> texts.text(flat, place);
            case "array" -> arrays.array(flat, place);
            case "object" -> objects.object(flat, place);
            default -> throw place.impossible("there is no type '" + type + "'");
        };
    }
}
