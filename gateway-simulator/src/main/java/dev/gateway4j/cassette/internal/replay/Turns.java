package dev.gateway4j.cassette.internal.replay;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whose turn it is where a request was recorded several times: the n-th to arrive takes the n-th. Requests that the same recording answers
 * first stand in the same queue, so there are never more queues than recordings. Thread-safe.
 */
final class Turns {
    private final Map<Queue, AtomicInteger> arrived = new ConcurrentHashMap<>();

    /** How many came before this one. */
    int next(String cassette, int firstPlace) {
        return arrived.computeIfAbsent(new Queue(cassette, firstPlace), any -> new AtomicInteger())
                .getAndUpdate(count -> count == Integer.MAX_VALUE ? count : count + 1);
    }

    void reset() {
        arrived.clear();
    }

    private record Queue(String cassette, int firstPlace) {}
}
