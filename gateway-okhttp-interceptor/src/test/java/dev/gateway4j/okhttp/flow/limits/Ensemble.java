package dev.gateway4j.okhttp.flow.limits;

import dev.gateway4j.api.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/**
 * A clock for many threads: it moves only while every one of them waits on it, and then to the moment that the first of them waits for. So no
 * time passes between what a limiter admits and its arrival, and hours pass in a blink.
 */
final class Ensemble implements TimeSource {
    private static final Instant ORIGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Waiting> waiting = new ArrayList<>();
    private volatile long nanos;
    private int players;

    /** No record: two that wait for the same are two. */
    private static final class Waiting {
        private final long dueNanos;
        private final BooleanSupplier stop;

        Waiting(long dueNanos, BooleanSupplier stop) {
            this.dueNanos = dueNanos;
            this.stop = stop;
        }
    }

    /** Runs the task once for every player, each on a thread of its own, and waits for all. */
    void play(int count, IntConsumer task) throws InterruptedException, ExecutionException {
        lock.lock();
        try {
            players += count;
        } finally {
            lock.unlock();
        }
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int player = 0; player < count; player++) {
                int number = player;
                all.add(threads.submit(() -> {
                    try {
                        task.accept(number);
                    } finally {
                        leave();
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void leave() {
        lock.lock();
        try {
            players--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    Duration elapsed() {
        return Duration.ofNanos(nanos);
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public Instant now() {
        return ORIGIN.plusNanos(nanos);
    }

    @Override
    public boolean waitUntil(long dueNanos, BooleanSupplier stop) throws InterruptedException {
        Waiting me = new Waiting(dueNanos, stop);
        lock.lockInterruptibly();
        try {
            waiting.add(me);
            while (nanos < dueNanos) {
                if (stop.getAsBoolean()) {
                    return false;
                }
                if (!moved()) {
                    boolean unusedWhyItWoke = changed.await(1, TimeUnit.MILLISECONDS);
                }
            }
            return true;
        } finally {
            waiting.remove(me);
            lock.unlock();
        }
    }

    private boolean moved() {
        if (waiting.size() < players) {
            return false;
        }
        long first = Long.MAX_VALUE;
        for (Waiting one : waiting) {
            if (one.dueNanos <= nanos || one.stop.getAsBoolean()) {
                return false; // it is about to go on
            }
            first = Math.min(first, one.dueNanos);
        }
        nanos = first;
        changed.signalAll();
        return true;
    }
}
