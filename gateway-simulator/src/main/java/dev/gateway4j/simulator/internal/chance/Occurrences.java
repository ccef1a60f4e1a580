package dev.gateway4j.simulator.internal.chance;

import dev.gateway4j.simulator.internal.memory.BoundedMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Counts equal requests. Forgets those not seen for the longest time beyond a bound. Thread-safe. */
public final class Occurrences {
    private final Map<Fingerprint, AtomicLong> seen;

    /** Remembers this many different requests. */
    public Occurrences(int bound) {
        this.seen = BoundedMap.of(bound);
    }

    /** How many equal requests came before this one. */
    public long next(Fingerprint request) {
        return seen.computeIfAbsent(request, key -> new AtomicLong()).getAndIncrement();
    }
}
