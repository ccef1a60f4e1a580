package dev.gateway4j.okhttp.internal.transport;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Call;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cancels a nested call when the application's call is cancelled. OkHttp 4.12 tells an interceptor nothing when that happens, so one daemon
 * thread looks every few milliseconds, and only while there are nested calls; it ends a second after the last of them. Thread-safe.
 */
public final class CancelWatch implements AutoCloseable {
    private static final long LOOK_UP_MILLIS = 5;

    private static final Logger LOG = LoggerFactory.getLogger(CancelWatch.class);

    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean armed = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor looker;

    /** A watch without a thread, until the first call. */
    public CancelWatch() {
        looker = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "gateway4j-cancel-watch");
            thread.setDaemon(true);
            return thread;
        });
        looker.setKeepAliveTime(1, TimeUnit.SECONDS);
        looker.allowCoreThreadTimeOut(true);
    }

    /** Watches until what it returns is run. */
    Runnable link(Call outer, Call inner) {
        Link link = new Link(outer, inner);
        links.add(link);
        arm();
        return () -> links.remove(link);
    }

    /** How many calls are watched. */
    int watched() {
        return links.size();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // look() throws nothing that a future could hide
    private void arm() {
        if (armed.compareAndSet(false, true)) {
            try {
                looker.schedule(this::look, LOOK_UP_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                armed.set(false); // closed; calls under way end by their own timeouts
            }
        }
    }

    private void look() {
        links.removeIf(Link::cancelWithOuter);
        armed.set(false);
        if (!links.isEmpty()) {
            arm();
        }
    }

    @Override
    public void close() {
        looker.shutdown();
    }

    private static final class Link {
        private final Call outer;
        private final Call inner;

        Link(Call outer, Call inner) {
            this.outer = outer;
            this.inner = inner;
        }

        boolean cancelWithOuter() {
            boolean canceled = outer.isCanceled();
            if (canceled) {
                cancelInner();
            }
            return canceled;
        }

        /** The event listeners of the application hear of it, and one that throws must not end the watch for everybody else. */
        private void cancelInner() {
            try {
                inner.cancel();
            } catch (RuntimeException e) {
                LOG.warn("An event listener failed when a call was cancelled", e);
            }
        }
    }
}
