package dev.gateway4j.okhttp.internal.cache.semantic;

import dev.gateway4j.api.TimeSource;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs what may hang, and waits for it no longer than allowed. An application's embedder or verifier can block in ways that no interrupt
 * ends, so it never runs on the thread of a call; and since each may keep a thread for ever, there is a bound on threads: once all of them
 * are held up, nothing more is begun until one is back; and where as many wait as there are threads, nobody joins them. Thread-safe.
 */
final class Errands implements AutoCloseable {
    private static final long LOOK_UP_MILLIS = 5;

    private final TimeSource time;
    private final int threads;
    private final AtomicInteger heldUp = new AtomicInteger();
    private final ThreadPoolExecutor runners;

    Errands(TimeSource time, int threads) {
        this.time = time;
        this.threads = threads;
        runners = new ThreadPoolExecutor(
                threads, threads, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(threads), task -> {
                    Thread thread = new Thread(task, "gateway4j-similar");
                    thread.setDaemon(true);
                    return thread;
                });
        runners.allowCoreThreadTimeOut(true);
    }

    /**
     * What the work answers.
     *
     * @throws TimeoutException if it took too long
     * @throws RejectedExecutionException if too much is under way
     * @throws Exception what the work threw
     */
    <T> T run(Callable<T> work, Duration atMost) throws Exception {
        if (heldUp.get() >= threads) {
            throw new RejectedExecutionException("all threads are held up");
        }
        long due = time.nanos() + atMost.toNanos();
        Errand<T> errand = new Errand<>(work);
        runners.execute(errand);
        try {
            return wait(errand, due);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } catch (TimeoutException | InterruptedException e) {
            giveUp(errand);
            throw e;
        }
    }

    private <T> T wait(Errand<T> errand, long due) throws ExecutionException, InterruptedException, TimeoutException {
        while (true) {
            try {
                return errand.get(LOOK_UP_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (time.nanos() - due >= 0) { // only the gateway's clock says that it is late
                    throw e;
                }
            }
        }
    }

    private <T> void giveUp(Errand<T> errand) {
        if (!runners.remove(errand)) {
            errand.abandon();
        }
        errand.cancel(true);
    }

    /** How many were given up and still hold a thread. */
    int heldUp() {
        return heldUp.get();
    }

    /** How many wait for a thread. */
    int waiting() {
        return runners.getQueue().size();
    }

    @Override
    public void close() {
        runners.shutdownNow();
    }

    private final class Errand<T> extends FutureTask<T> {
        private final AtomicBoolean left = new AtomicBoolean();
        private final AtomicBoolean abandoned = new AtomicBoolean();

        Errand(Callable<T> work) {
            super(work);
        }

        void abandon() {
            heldUp.incrementAndGet();
            abandoned.set(true);
            settle();
        }

        @Override
        public void run() {
            try {
                super.run();
            } finally {
                left.set(true);
                settle();
            }
        }

        /** Whoever sees that it was given up and that its thread is back counts it off, once. */
        private void settle() {
            if (left.get() && abandoned.compareAndSet(true, false)) {
                heldUp.decrementAndGet();
            }
        }
    }
}
