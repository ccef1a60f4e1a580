package dev.gateway4j.api;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * A clock that moves only when a test says so.
 *
 * <p>{@link #advancing()} gives a clock whose waiters move it themselves: a wait of an hour returns at once and the clock stands an hour
 * later. {@link #standing()} gives a clock whose waiters block until another thread calls {@link #advance(Duration)}. Thread-safe.
 */
public final class ManualTime implements TimeSource {
    private static final long LOOK_UP_MILLIS = 2;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final Instant origin;
    private final boolean waitersAdvance;
    private long nanos;
    private int waiting;

    private ManualTime(Instant origin, boolean waitersAdvance) {
        this.origin = origin;
        this.waitersAdvance = waitersAdvance;
    }

    /** A clock at 2026-01-01T00:00:00Z whose waiters move it forward themselves, so that nothing ever blocks. */
    public static ManualTime advancing() {
        return new ManualTime(Instant.parse("2026-01-01T00:00:00Z"), true);
    }

    /** A clock at 2026-01-01T00:00:00Z that stands still until {@link #advance(Duration)}; waiters block. */
    public static ManualTime standing() {
        return new ManualTime(Instant.parse("2026-01-01T00:00:00Z"), false);
    }

    @Override
    public long nanos() {
        lock.lock();
        try {
            return nanos;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Instant now() {
        return origin.plusNanos(nanos());
    }

    /**
     * Moves the clock forward and wakes whoever waits.
     *
     * @throws IllegalArgumentException if {@code step} is negative
     */
    public void advance(Duration step) {
        if (step.isNegative()) {
            throw new IllegalArgumentException("step is " + step + "; time only moves forward");
        }
        lock.lock();
        try {
            nanos += step.toNanos();
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How many threads wait on this clock right now; lets a test advance only once everybody has arrived. */
    public int waiting() {
        lock.lock();
        try {
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean waitUntil(long dueNanos, BooleanSupplier stop) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before waiting");
        }
        lock.lock();
        try {
            waiting++;
            while (nanos < dueNanos) {
                if (stop.getAsBoolean()) {
                    return false;
                }
                if (waitersAdvance) {
                    nanos = dueNanos;
                    moved.signalAll();
                } else {
                    boolean unusedWhyItWoke = moved.await(LOOK_UP_MILLIS, TimeUnit.MILLISECONDS);
                }
            }
            return true;
        } finally {
            waiting--;
            lock.unlock();
        }
    }
}
