package dev.gateway4j.simulator.internal.chance;

import dev.gateway4j.simulator.internal.memory.Generations;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Counts equal requests. Forgets those not seen for the longest time beyond a bound. Thread-safe. */
public final class Occurrences {
    private final Generations<Fingerprint, AtomicLong> seen;

    /** Remembers this many different requests. */
    public Occurrences(int bound) {
        this.seen = new Generations<>(bound);
    }

    /** How many equal requests came before this one. */
    public long next(Fingerprint request) {
        return seen.computeIfAbsent(request, AtomicLong::new).getAndIncrement();
    }

    /** How often each request came. */
    public Map<Fingerprint, Long> save() {
        Map<Fingerprint, Long> saved = new LinkedHashMap<>();
        seen.all().forEach((request, count) -> saved.put(request, count.get()));
        return saved;
    }

    /** Sets how often each request came. */
    public void restore(Map<Fingerprint, Long> saved) {
        seen.clear();
        saved.forEach((request, count) -> seen.put(request, new AtomicLong(count)));
    }
}
