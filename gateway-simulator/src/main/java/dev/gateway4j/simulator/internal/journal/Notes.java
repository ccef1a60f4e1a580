package dev.gateway4j.simulator.internal.journal;

import dev.gateway4j.simulator.internal.chance.Chance;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Notes on the requests that are being answered, found by their chance, which no two of them share. Thread-safe. */
public final class Notes {
    private final Map<Chance, Note> open = new ConcurrentHashMap<>();

    /** No request yet. */
    public Notes() {}

    /** The note on a request; one that nobody reads if it is not being answered just now. */
    public Note of(Chance chance) {
        Note note = open.get(chance);
        return note == null ? new Note() : note;
    }

    Note open(Chance chance) {
        Note note = new Note();
        open.put(chance, note);
        return note;
    }

    void close(Chance chance) {
        open.remove(chance);
    }
}
