package dev.gateway4j.okhttp.internal.cache;

import java.util.ArrayList;
import java.util.List;

/** What one flight has kept in memory, and the second level is still to be told of. Used by the thread of the flight. */
final class Outbox {
    private final CacheBook book;
    private final long invalidations;
    private final List<Kept> waiting = new ArrayList<>(1);

    /** For what is asked from now on. */
    Outbox(CacheBook book) {
        this.book = book;
        this.invalidations = book.invalidations();
    }

    /** How often something had been invalidated when the flight was asked for. */
    long invalidations() {
        return invalidations;
    }

    void add(Kept kept) {
        waiting.add(kept);
    }

    /** Takes as long as the store takes. */
    void send() {
        for (Kept kept : waiting) {
            book.passOn(kept, invalidations);
        }
        waiting.clear();
    }
}
