package dev.gateway4j.simulator;

import dev.gateway4j.simulator.internal.journal.Log;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a simulator was asked and what it answered, in the order of arrival. At most 10,000 requests and 32 MB are kept unless {@link #bound}
 * says otherwise; beyond that the oldest leave. Thread-safe.
 */
public final class Journal {
    private final Log log;

    Journal(Log log) {
        this.log = log;
    }

    /** The requests that are kept, oldest first. */
    public List<JournalEntry> requests() {
        return List.copyOf(log.list());
    }

    /** Those of the requests for which this is true, oldest first. */
    public List<JournalEntry> requests(Predicate<JournalEntry> where) {
        return log.list().stream().filter(where).toList();
    }

    /** The requests to this endpoint, such as {@code /v1/chat/completions}, oldest first. */
    public List<JournalEntry> requests(String endpoint) {
        return requests(entry -> entry.endpoint().equals(endpoint));
    }

    /** The requests that no scenario matched although there were scenarios, oldest first. */
    public List<JournalEntry> unmatched() {
        return requests(entry -> entry.origin().unmatched());
    }

    /** How many requests are kept. */
    public int size() {
        return log.size();
    }

    /** How many requests have left because there were too many, or they weighed too much. */
    public long dropped() {
        return log.dropped();
    }

    /** About how many bytes are kept. */
    public long bytes() {
        return log.weight();
    }

    /** Forgets everything and begins again at 1. */
    public void clear() {
        log.clear();
    }

    /**
     * Sets how much is kept.
     *
     * @param requests the most requests; 0 keeps none
     * @param bytes the most bytes, about
     */
    public void bound(int requests, long bytes) {
        log.bound(requests, bytes);
    }
}
