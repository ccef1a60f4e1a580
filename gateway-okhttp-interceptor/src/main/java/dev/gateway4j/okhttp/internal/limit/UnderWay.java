package dev.gateway4j.okhttp.internal.limit;

import java.time.Duration;

/**
 * What calls took from a learned limit that the upstream may not have seen yet. An answer may take minutes, but a question arrives within
 * seconds, so a call counts for ten to twenty seconds at most: two generations, of which the older is dropped when a new one begins.
 *
 * @param generation the number of the younger generation
 * @param startedNanos when it began
 * @param young what is under way of it
 * @param old what is under way of the one before
 */
record UnderWay(long generation, long startedNanos, long young, long old) {
    private static final long LONGEST = Duration.ofSeconds(10).toNanos();

    static UnderWay none(long now) {
        return new UnderWay(0, now, 0, 0);
    }

    long amount() {
        return young + old;
    }

    /** When the next generation begins. */
    long turnsNanos() {
        return startedNanos + LONGEST;
    }

    UnderWay turned() {
        return new UnderWay(generation + 1, turnsNanos(), 0, young);
    }

    UnderWay plus(long amount, long now) {
        // Generations stand still while nothing is under way.
        return amount() == 0
                ? new UnderWay(generation + 1, now, amount, 0)
                : new UnderWay(generation, startedNanos, young + amount, old);
    }

    UnderWay minus(long amount, long of) {
        return of == generation
                ? new UnderWay(generation, startedNanos, Math.max(0, young - amount), old)
                : of == generation - 1
                        ? new UnderWay(generation, startedNanos, young, Math.max(0, old - amount))
                        : this;
    }
}
