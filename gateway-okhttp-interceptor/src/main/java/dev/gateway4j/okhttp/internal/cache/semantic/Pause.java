package dev.gateway4j.okhttp.internal.cache.semantic;

import dev.gateway4j.api.TimeSource;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets something rest that has failed several times in a row, so that not everybody finds out for himself. After the pause one may try; if
 * that fails, too, the pause begins anew. Thread-safe.
 */
final class Pause {
    private final TimeSource time;
    private final int failures;
    private final Duration length;
    private final ReentrantLock lock = new ReentrantLock();
    private int inARow;
    private long over;

    /** Rests so long after so many failures. */
    Pause(TimeSource time, int failures, Duration length) {
        this.time = time;
        this.failures = failures;
        this.length = length;
    }

    /** True if it may be tried now. */
    boolean mayTry() {
        lock.lock();
        try {
            if (inARow < failures) {
                return true;
            }
            if (time.nanos() - over < 0) {
                return false;
            }
            begin(); // for all others, until this one is back
            return true;
        } finally {
            lock.unlock();
        }
    }

    void succeeded() {
        lock.lock();
        try {
            inARow = 0;
        } finally {
            lock.unlock();
        }
    }

    void failed() {
        lock.lock();
        try {
            inARow = Math.min(failures, inARow + 1);
            if (inARow == failures) {
                begin();
            }
        } finally {
            lock.unlock();
        }
    }

    private void begin() {
        over = time.nanos() + length.toNanos();
    }
}
