package dev.gateway4j.okhttp.internal.limit;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;

/** A clock that stands still while anybody is in the midst of a decision, so that a log knows the time of each exactly. */
final class GatedTime implements TimeSource {
    private final ManualTime time = ManualTime.standing();
    private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();

    /** Something that may wait on this clock and throw. */
    interface Work<T> {
        T run() throws InterruptedException;
    }

    /** Does this without time passing, but where it waits. */
    <T> T still(Work<T> work) throws InterruptedException {
        gate.readLock().lock();
        try {
            return work.run();
        } finally {
            gate.readLock().unlock();
        }
    }

    void advance(Duration step) {
        gate.writeLock().lock();
        try {
            time.advance(step);
        } finally {
            gate.writeLock().unlock();
        }
    }

    int waiting() {
        return time.waiting();
    }

    @Override
    public long nanos() {
        return time.nanos();
    }

    @Override
    public Instant now() {
        return time.now();
    }

    @Override
    public boolean waitUntil(long dueNanos, BooleanSupplier stop) throws InterruptedException {
        gate.readLock().unlock();
        try {
            return time.waitUntil(dueNanos, stop);
        } finally {
            gate.readLock().lock();
        }
    }
}
