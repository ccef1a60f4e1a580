package dev.gateway4j.okhttp.internal.call;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import okhttp3.Call;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does something when the application's call is cancelled. OkHttp 4.12 tells an interceptor nothing when that happens, so one daemon thread
 * looks every few milliseconds, and only while there is something to look at; it ends a second after the last of it, or at once after the
 * last of it when this is closed. Thread-safe.
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

    /** Cancels the inner call when the outer one is cancelled. Watches until what it returns is run. */
    public Runnable link(Call outer, Call inner) {
        return when(outer::isCanceled, inner::cancel);
    }

    /** Does something once, when a condition holds, on the thread that looks. Watches until what it returns is run. */
    public Runnable when(BooleanSupplier condition, Runnable action) {
        Link link = new Link(condition, action);
        links.add(link);
        try {
            arm();
        } catch (RuntimeException | Error e) {
            links.remove(link);
            throw e;
        }
        return () -> links.remove(link);
    }

    /** How many calls are watched. */
    public int watched() {
        return links.size();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // look() throws nothing that a future could hide
    private void arm() {
        if (armed.compareAndSet(false, true)) {
            boolean looks = false;
            try {
                looker.schedule(this::look, LOOK_UP_MILLIS, TimeUnit.MILLISECONDS);
                looks = true;
            } finally {
                if (!looks) {
                    armed.set(false); // there may be no thread now and one for the next
                }
            }
        }
    }

    private void look() {
        try {
            links.removeIf(Link::actIfDue);
        } finally {
            armed.set(false);
            if (!links.isEmpty()) {
                arm();
            }
        }
    }

    /** What is watched still is, and so is what calls under way bring yet; the thread goes with the last of it. */
    @Override
    public void close() {
        looker.setKeepAliveTime(1, TimeUnit.MILLISECONDS);
    }

    private static final class Link {
        private final BooleanSupplier condition;
        private final Runnable action;
        private boolean complained; // by the thread that looks

        Link(BooleanSupplier condition, Runnable action) {
            this.condition = condition;
            this.action = action;
        }

        boolean actIfDue() {
            boolean due = isDue();
            if (due) {
                act();
            }
            return due;
        }

        /** What cannot be told now may be told at the next look. */
        private boolean isDue() {
            try {
                return condition.getAsBoolean();
            } catch (RuntimeException | Error e) {
                if (!complained) {
                    complained = true;
                    LOG.warn("It could not be told whether a call was cancelled", e);
                }
                return false;
            }
        }

        /** The event listeners of the application hear of it, and one that throws must not end the watch for everybody else. */
        private void act() {
            try {
                action.run();
            } catch (RuntimeException | Error e) {
                LOG.warn("An event listener failed when a call was cancelled", e);
            }
        }
    }
}
