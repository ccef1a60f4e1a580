package dev.gateway4j.okhttp.internal.call;

import dev.gateway4j.api.TimeSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Says when a warning about a cause may be logged again: at most once an interval for each cause. Thread-safe. */
public final class WarnSparsely {
    private final TimeSource time;
    private final long intervalNanos;
    private final ConcurrentHashMap<Object, Long> last = new ConcurrentHashMap<>();

    /** Warns at most once in this time, on this clock. */
    public WarnSparsely(TimeSource time, long intervalNanos) {
        this.time = time;
        this.intervalNanos = intervalNanos;
    }

    /** True if a warning about this cause is due; whoever asks then logs it. */
    public boolean due(Object cause) {
        long now = time.nanos();
        AtomicBoolean due = new AtomicBoolean();
        last.compute(cause, (key, before) -> {
            boolean again = before == null || now - before >= intervalNanos;
            due.set(again);
            return again ? (Long) now : before;
        });
        return due.get();
    }
}
