package dev.gateway4j.simulator.internal.store;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One thing the service remembers.
 *
 * @param id its id
 * @param created when it came to be, in seconds since 1970
 * @param json what a client sees of it; not to be changed once it is on a shelf
 * @param hidden what the service knows besides; not to be changed once it is on a shelf
 * @param content bytes that belong to it; empty for most
 */
@SuppressWarnings("ArrayRecordComponent") // identity is enough: items are looked up, never compared
public record Item(String id, long created, ObjectNode json, ObjectNode hidden, byte[] content) {
    private static final byte[] NO_CONTENT = {};

    /** An item without hidden knowledge or content. */
    public static Item of(String id, long created, ObjectNode json) {
        return new Item(id, created, json, json.objectNode(), NO_CONTENT);
    }

    /** True if nothing at all was changed to make the one from the other. */
    @SuppressWarnings("ReferenceEquality") // identity is what is asked
    public boolean is(Item other) {
        return this == other;
    }

    /** This item with other JSON. */
    public Item with(ObjectNode changed) {
        return new Item(id, created, changed, hidden, content);
    }

    /** This item with other hidden knowledge. */
    public Item hiding(ObjectNode changed) {
        return new Item(id, created, json, changed, content);
    }

    /** This item with other content. */
    public Item holding(byte[] changed) {
        return new Item(id, created, json, hidden, changed);
    }
}
