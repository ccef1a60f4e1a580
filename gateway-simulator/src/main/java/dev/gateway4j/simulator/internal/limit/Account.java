package dev.gateway4j.simulator.internal.limit;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The buckets of one organization or key and one model. A request is taken from all of them, or from none. Thread-safe. */
final class Account {
    /** Far below one token, far above what adding up doubles loses. */
    private static final double SLACK = 1e-6;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Window, Long> limits;
    private final Map<Window, Double> used = new EnumMap<>(Window.class);
    private long lastNanos = Long.MIN_VALUE;

    Account(Map<Window, Long> limits) {
        this.limits = limits;
    }

    /**
     * What became of a request.
     *
     * @param used how much of each limit is used, in whole ones, after the request if it was admitted
     * @param refusedBy the limit that it would overshoot, with the longest wait
     */
    record Outcome(Map<Window, Long> used, Optional<Window> refusedBy) {}

    Outcome take(long nowNanos, long tokens) {
        lock.lock();
        try {
            refill(nowNanos);
            Optional<Window> refusedBy = refusing(tokens);
            if (refusedBy.isEmpty()) {
                limits.keySet().forEach(window -> used.merge(window, (double) cost(window, tokens), Double::sum));
            }
            return new Outcome(whole(), refusedBy);
        } finally {
            lock.unlock();
        }
    }

    static long cost(Window window, long tokens) {
        return window.tokens() ? tokens : 1;
    }

    private Optional<Window> refusing(long tokens) {
        @Nullable Window worst = null;
        double longest = 0;
        for (Map.Entry<Window, Long> limit : limits.entrySet()) {
            Window window = limit.getKey();
            double over = used.getOrDefault(window, 0.0) + cost(window, tokens) - limit.getValue();
            double wait = over / limit.getValue() * window.millis();
            if (over > SLACK && wait > longest) {
                worst = window;
                longest = wait;
            }
        }
        return Optional.ofNullable(worst);
    }

    private void refill(long nowNanos) {
        double elapsedMillis = lastNanos == Long.MIN_VALUE ? 0 : Math.max(0, nowNanos - lastNanos) / 1e6;
        lastNanos = Math.max(lastNanos, nowNanos);
        limits.forEach((window, limit) -> used.computeIfPresent(
                window, (key, level) -> Math.max(0, level - limit * (elapsedMillis / window.millis()))));
    }

    private Map<Window, Long> whole() {
        Map<Window, Long> whole = new EnumMap<>(Window.class);
        limits.keySet().forEach(window -> whole.put(window, (long) Math.ceil(used.getOrDefault(window, 0.0) - SLACK)));
        return whole;
    }
}
