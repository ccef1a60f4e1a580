package dev.gateway4j.api;

import java.time.Instant;
import java.util.function.BooleanSupplier;

/**
 * The only clock, ticker and sleeper of the gateway. One instance is shared by everything that belongs to one gateway, so that a test
 * which owns it ({@link ManualTime}) moves limits, expiry, backoff and simulated latency together. Thread-safe.
 */
public interface TimeSource {
    /** The clock of the machine. Monotonic for {@link #nanos()}, wall-clock for {@link #now()}. */
    static TimeSource system() {
        return SystemTime.INSTANCE;
    }

    /** Nanoseconds of a monotonic ticker with an arbitrary origin; only differences mean anything. */
    long nanos();

    /** The wall-clock time, for records that people read. Never used to measure a duration. */
    Instant now();

    /**
     * Waits until {@link #nanos()} has reached {@code dueNanos}, or until {@code stop} answers true, whichever comes first. {@code stop}
     * is asked before the first wait and at least every few milliseconds of real time after that.
     *
     * @param dueNanos a time on the scale of {@link #nanos()}; a time in the past returns at once
     * @param stop asked on the waiting thread; cheap and without side effects
     * @return true if the time was reached, false if {@code stop} ended the wait
     * @throws InterruptedException if the thread is interrupted while it waits; the interrupt flag is cleared, as usual
     */
    boolean waitUntil(long dueNanos, BooleanSupplier stop) throws InterruptedException;
}
