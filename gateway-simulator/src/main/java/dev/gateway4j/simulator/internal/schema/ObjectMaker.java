package dev.gateway4j.simulator.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.chance.Draws;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes objects. Used by one generator. */
final class ObjectMaker {
    private static final int FREE_MEMBERS = 2;
    private static final int KEY_TRIES = 40;

    private final Generator generator;
    private final Flattener flattener;
    private final Hints hints;
    private final Draws draws;
    private final Budget budget;

    ObjectMaker(Generator generator, Flattener flattener, Hints hints, Draws draws, Budget budget) {
        this.generator = generator;
        this.flattener = flattener;
        this.hints = hints;
        this.draws = draws;
        this.budget = budget;
    }

    JsonNode object(ObjectNode flat, Place place) {
        Set<String> wanted = wanted(flat, place);
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        Set<String> needed = needed(flat, wanted, false);
        for (Map.Entry<String, JsonNode> property : flat.path("properties").properties()) {
            String name = property.getKey();
            if (needed.contains(name)) {
                object.set(name, generator.value(schema(flat, name, place), place.member(name)));
            } else if (wanted.contains(name)) {
                addIfPossible(object, flat, name, place);
            }
        }
        for (String name : needed) {
            if (!object.has(name)) {
                object.set(name, generator.value(schema(flat, name, place), place.member(name)));
            }
        }
        fill(object, flat, place);
        return object;
    }

    private void addIfPossible(ObjectNode object, ObjectNode flat, String name, Place place) {
        try {
            object.set(name, generator.value(schema(flat, name, place), place.member(name)));
        } catch (UnsatisfiableSchema optional) {
            object.remove(name);
        }
    }

    /** The members it will have, and what their presence demands of the rest. */
    private Set<String> wanted(ObjectNode flat, Place place) {
        Set<String> wanted = new LinkedHashSet<>();
        flat.path("required").forEach(name -> wanted.add(name.asText()));
        int most = flat.path("maxProperties").asInt(Integer.MAX_VALUE);
        if (wanted.size() > most) {
            throw place.impossible("more properties are required than 'maxProperties' allows");
        }
        for (Map.Entry<String, JsonNode> property : flat.path("properties").properties()) {
            boolean add = !generator.sparing(place) && draws.chance(hints.optional(property.getValue(), place));
            if (add && wanted.size() < most) {
                wanted.add(property.getKey());
            }
        }
        for (String keyword : List.of("dependentSchemas", "dependencies")) {
            for (Map.Entry<String, JsonNode> dependent :
                    flat.path(keyword).deepCopy().properties()) {
                if (wanted.contains(dependent.getKey()) && dependent.getValue().isObject()) {
                    flattener.merge(flat, flattener.flat(dependent.getValue(), place.at()), place.at());
                }
            }
        }
        return needed(flat, wanted, true);
    }

    /** What must be there: all that is required, and what depends on what is there. */
    private static Set<String> needed(ObjectNode flat, Set<String> wanted, boolean withWanted) {
        Set<String> needed = new LinkedHashSet<>();
        flat.path("required").forEach(name -> needed.add(name.asText()));
        Set<String> present = new LinkedHashSet<>(wanted);
        present.addAll(needed);
        for (int before = -1; before < present.size(); ) {
            before = present.size();
            for (String keyword : List.of("dependentRequired", "dependencies")) {
                for (String name : List.copyOf(present)) {
                    flat.path(keyword).path(name).forEach(other -> {
                        if (other.isTextual()) {
                            needed.add(other.asText());
                            present.add(other.asText());
                        }
                    });
                }
            }
        }
        return withWanted ? present : needed;
    }

    private JsonNode schema(ObjectNode flat, String name, Place place) {
        JsonNode schema = flat.path("properties").path(name);
        for (Map.Entry<String, JsonNode> pattern :
                flat.path("patternProperties").properties()) {
            if (Patterns.finds(pattern.getKey(), name, budget)) {
                schema = schema.isMissingNode() ? pattern.getValue() : Flattener.all(schema, pattern.getValue());
            }
        }
        if (!schema.isMissingNode()) {
            return schema;
        }
        JsonNode additional = flat.path("additionalProperties");
        if (additional.isBoolean() && !additional.asBoolean()) {
            throw place.impossible(
                    "property '" + name + "' is required but neither declared nor allowed by 'additionalProperties'");
        }
        return additional.isObject() ? additional : Schemas.ANY;
    }

    private void fill(ObjectNode object, ObjectNode flat, Place place) {
        int least = flat.path("minProperties").asInt(0);
        for (String name : generator.shallowFirst(flat.path("properties"))) {
            // A member that contains another of its kind would go on for ever.
            boolean harmless = !generator.sparing(place)
                    || generator.flatEnough(flat.path("properties").get(name));
            if (object.size() < least && !object.has(name) && harmless) {
                addIfPossible(object, flat, name, place);
            }
        }
        JsonNode additional = flat.path("additionalProperties");
        boolean open = !additional.isBoolean() || additional.asBoolean();
        boolean map = flat.path("properties").isEmpty() && (additional.isObject() || flat.has("patternProperties"));
        int enough = map && !generator.sparing(place) ? Math.max(least, FREE_MEMBERS) : least;
        int wished = Math.min(enough, flat.path("maxProperties").asInt(Integer.MAX_VALUE));
        for (int i = 0; object.size() < wished && i < KEY_TRIES; i++) {
            String key = key(flat, open, i, place);
            if (!key.isEmpty() && !object.has(key)) {
                addIfPossible(object, flat, key, place);
            }
        }
        if (object.size() < least) {
            throw place.impossible("'minProperties' asks for more properties than can be given");
        }
    }

    private String key(ObjectNode flat, boolean open, int index, Place place) {
        JsonNode patterns = flat.path("patternProperties");
        if (patterns.size() > 0 && (!open || draws.chance(0.7))) {
            List<Map.Entry<String, JsonNode>> all = List.copyOf(patterns.properties());
            return named(all.get(draws.below(all.size())).getKey(), place);
        }
        if (!open) {
            return "";
        }
        JsonNode names = flat.path("propertyNames");
        if (names.isObject()) {
            return generator.value(names, new Place("/propertyNames", "key", 0)).asText();
        }
        return Values.pick(Kind.KEY, "en", draws) + (index < 8 ? "" : "_" + index);
    }

    private String named(String pattern, Place place) {
        try {
            return RegexText.of(pattern, 0, 40, draws, budget);
        } catch (IllegalArgumentException notSupported) {
            throw place.impossible("pattern '" + pattern + "': " + notSupported.getMessage());
        }
    }
}
