package dev.gateway4j.okhttp.internal.cache.flight;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A thread for each flight of a gateway: a virtual one where the runtime has good ones, or a daemon that others may use for a moment after it.
 * It inherits nothing from the call that opens the flight. Thread-safe.
 */
public final class FlightThreads implements AutoCloseable {
    private static final String NAME = "gateway4j-flight";

    /** Before, a virtual thread that waits for OkHttp's connections does so with its carrier: few of them would hold up all others. */
    private static final int FIRST_WITHOUT_PINNING = 24;

    private static final @Nullable ThreadFactory VIRTUAL =
            areGood(Runtime.version().feature()) ? virtual() : null;

    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(null, task, NAME, 0, false);
                thread.setDaemon(true);
                return thread;
            });

    /**
     * Starts one.
     *
     * @throws RejectedExecutionException if these threads are closed
     */
    void start(Runnable flight) {
        if (VIRTUAL == null || threads.isShutdown()) {
            threads.execute(flight);
        } else {
            VIRTUAL.newThread(flight).start();
        }
    }

    /** True if a runtime of this version has virtual threads that wait for a lock without their carrier. */
    static boolean areGood(int feature) {
        return feature >= FIRST_WITHOUT_PINNING;
    }

    /** Compiled for 17, which has none. */
    private static @Nullable ThreadFactory virtual() {
        try {
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Object named = type.getMethod("name", String.class).invoke(builder, NAME);
            Object bare = type.getMethod("inheritInheritableThreadLocals", boolean.class)
                    .invoke(named, false);
            return (ThreadFactory) type.getMethod("factory").invoke(bare);
        } catch (ReflectiveOperationException | UnsupportedOperationException e) {
            return null;
        }
    }

    /** Flights under way arrive; no other is opened. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
