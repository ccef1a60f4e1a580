package dev.gateway4j.simulator.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Where a value stands.
 *
 * @param at the pointer into the schema
 * @param name the member it is the value of, or of which it is an element
 * @param depth how many objects and arrays are around it
 */
record Place(String at, String name, int depth) {
    static final Place ROOT = new Place("", "", 0);

    Place member(String member) {
        return new Place(Schemas.child(at + "/properties", member), member, depth + 1);
    }

    Place element() {
        return new Place(at + "/items", name, depth + 1);
    }

    Place below(String keyword) {
        return new Place(at + "/" + keyword, name, depth);
    }

    UnsatisfiableSchema impossible(String reason) {
        return new UnsatisfiableSchema(at, reason);
    }

    /** The words that say what the value is. */
    static String description(JsonNode schema) {
        return schema.path("description").asText(schema.path("title").asText());
    }
}
