package dev.gateway4j.simulator.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.chance.Draws;

/** Makes arrays. Used by one generator. */
final class ArrayMaker {
    private static final int TRIES_PER_ITEM = 200;
    private static final int SHALLOW = 2;
    private static final int LONGEST = 5_000;

    private final Generator generator;
    private final Hints hints;
    private final Draws draws;

    ArrayMaker(Generator generator, Hints hints, Draws draws) {
        this.generator = generator;
        this.hints = hints;
        this.draws = draws;
    }

    JsonNode array(ObjectNode flat, Place place) {
        JsonNode items = flat.path("items");
        boolean tuple = items.isArray();
        JsonNode prefix = tuple ? items : flat.path("prefixItems");
        JsonNode rest = tuple ? flat.path("additionalItems") : items;
        boolean open = !rest.isBoolean() || rest.asBoolean();
        int size = size(flat, prefix.size(), open, place);
        boolean unique = flat.path("uniqueItems").asBoolean();
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        int contained =
                flat.has("contains") ? Math.min(size, flat.path("minContains").asInt(1)) : 0;
        for (int i = 0; i < size; i++) {
            JsonNode schema = i < prefix.size() ? prefix.get(i) : rest.isObject() ? rest : Schemas.ANY;
            if (i >= size - contained) {
                schema = Flattener.all(schema, flat.get("contains"));
            }
            if (!add(array, schema, unique, place)) {
                break;
            }
        }
        if (array.size() < flat.path("minItems").asInt(0)) {
            throw place.impossible("'minItems' asks for more different items than there are");
        }
        return array;
    }

    private int size(ObjectNode flat, int prefix, boolean open, Place place) {
        int least = Math.max(
                flat.path("minItems").asInt(0),
                flat.has("contains") ? flat.path("minContains").asInt(1) : 0);
        int most = flat.path("maxItems").asInt(Integer.MAX_VALUE);
        most = open ? most : Math.min(most, prefix);
        if (least > most) {
            throw place.impossible("'minItems' is more than the array can hold");
        }
        if (least > LONGEST) {
            throw place.impossible("'minItems' is more than the simulator makes");
        }
        int spread = place.depth() <= SHALLOW ? 2 + draws.below(2) : 1 + draws.below(2);
        int typical = prefix > 0 ? prefix : hints.several(place.name()).orElse(spread);
        return Math.max(least, Math.min(most, generator.sparing(place) ? least : typical));
    }

    private boolean add(ArrayNode array, JsonNode schema, boolean unique, Place place) {
        for (int i = 0; i < TRIES_PER_ITEM; i++) {
            JsonNode element = generator.value(schema, place.element());
            generator.compared(unique ? array.size() : 1, place);
            if (!unique || !Nodes.contains(array, element)) {
                array.add(element);
                return true;
            }
        }
        return false;
    }
}
