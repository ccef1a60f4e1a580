package dev.gateway4j.simulator.internal.template;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counters that templates name. At most 10,000 of them; a name beyond that always counts 1. Thread-safe. */
public final class Counters {
    private static final int MOST = 10_000;

    private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();

    /** All counters at 0. */
    public Counters() {}

    /** Counts one further. The new count. */
    long next(String name) {
        if (counts.size() >= MOST && !counts.containsKey(name)) {
            return 1;
        }
        return counts.computeIfAbsent(name, key -> new AtomicLong()).incrementAndGet();
    }

    /** The counts by name. */
    public Map<String, Long> save() {
        Map<String, Long> saved = new TreeMap<>();
        counts.forEach((name, count) -> saved.put(name, count.get()));
        return saved;
    }

    /** Sets all counters to these counts. */
    public void restore(Map<String, Long> saved) {
        counts.clear();
        saved.forEach((name, count) -> counts.put(name, new AtomicLong(count)));
    }
}
