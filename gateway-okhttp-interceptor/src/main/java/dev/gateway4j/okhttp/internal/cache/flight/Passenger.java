package dev.gateway4j.okhttp.internal.cache.flight;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.cache.CacheOutcome;
import dev.gateway4j.api.call.CallReport;
import dev.gateway4j.api.call.Ending;
import dev.gateway4j.okhttp.internal.body.BodyObserver;
import dev.gateway4j.okhttp.internal.call.CallScope;
import dev.gateway4j.okhttp.internal.call.CancelWatch;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;
import okio.Source;
import okio.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * One call on board of a flight: waits for the head of the answer, reads the body at its own pace, and leaves when it has the end, is
 * closed, cancelled or too late. Read by one thread at a time; may leave by any.
 */
final class Passenger implements Source, BodyObserver {
    /** Why a call has to leave. */
    private enum Cause {
        CLOSED,
        CANCELED,
        LATE,
        SILENCE,
        STALLED
    }

    /** OkHttp's own watchdog began a moment before the gateway's clock, so it is the first to cancel who is late. */
    private static final long WATCHDOG_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Flight flight;
    private final CallScope scope;
    private final boolean opener;
    private final CacheOutcome asked;
    private final long readTimeoutNanos;
    private final TimeSource time;
    private final CompletableFuture<Boolean> settled = new CompletableFuture<>();
    private final AtomicReference<Runnable> unlink = new AtomicReference<>(() -> {});

    private boolean ended;

    // Guarded by the lock of the flight.
    private @Nullable Cause cause;
    private long position;
    private long lastReadNanos;
    private boolean waiting;
    private boolean alone;
    private boolean gaveUp;
    private boolean inLine;
    private boolean missedIt;
    private int arrivalsBefore;
    private volatile long patienceEndsNanos = Long.MAX_VALUE;

    /**
     * @param opener true for the call that opens the flight
     * @param asked what the cache says about it, should it be the opener
     * @param readTimeoutNanos how long it waits for more; 0 for ever
     */
    Passenger(Flight flight, CallScope scope, boolean opener, CacheOutcome asked, long readTimeoutNanos) {
        this.flight = flight;
        this.scope = scope;
        this.opener = opener;
        this.asked = asked;
        this.readTimeoutNanos = readTimeoutNanos;
        this.time = scope.runtime().time();
        this.lastReadNanos = time.nanos();
    }

    /** Before it boards: what its report says is up to the flight from now on. */
    void prepare() {
        if (opener) {
            scope.cacheOutcome(asked);
        } else {
            scope.cached(flight.shared(), Optional.empty());
        }
        scope.awaits(settled);
    }

    /** Once it is on board: whatever becomes of the call, it leaves. */
    void embark(CancelWatch watch) {
        scope.onRelease(this::leave);
        link(watch);
    }

    private void link(CancelWatch watch) {
        Runnable link = watch.when(this::isDue, () -> look(watch));
        unlink.set(link);
        if (!flight.isWatched(this)) {
            link.run(); // it left in between, or there is nothing more to wait for
        }
    }

    /** Asked every few milliseconds, without the lock. */
    private boolean isDue() {
        return scope.canceled() || time.nanos() >= Math.min(scope.deadlineNanos(), patienceEndsNanos);
    }

    /** Something is due. It may have come in the meantime, so it is looked at again. */
    private void look(CancelWatch watch) {
        if (flight.look(this)) {
            leave();
        } else {
            link(watch);
        }
    }

    /** True if it has to leave, whether it was told so before or finds out now. With the lock. */
    boolean hasToLeave() {
        if (cause != null) {
            return true;
        }
        long now = time.nanos();
        if (scope.canceled()) {
            cause = Cause.CANCELED;
            gaveUp = now >= scope.deadlineNanos() - WATCHDOG_NANOS;
        } else if (now >= scope.deadlineNanos() || now >= patienceEndsNanos) {
            cause = now >= scope.deadlineNanos() ? Cause.LATE : Cause.SILENCE;
            gaveUp = true;
        }
        return cause != null;
    }

    /** Why it cannot stay; on the thread of its reader. OkHttp would have thrown the same. */
    IOException failure() {
        if (cause == Cause.STALLED) {
            return new IOException(
                    "This call read nothing of an answer that others wait for, so it is not waited for any"
                            + " longer. Read answers as they come, or close them.");
        }
        if (cause == Cause.CLOSED) {
            return new IOException("closed");
        }
        if (cause == Cause.SILENCE) {
            return new SocketTimeoutException("timeout");
        }
        // When OkHttp's own watchdog was faster, it has cancelled the call and turns this exception into its timeout.
        return time.nanos() < scope.deadlineNanos()
                ? new IOException("Canceled")
                : new InterruptedIOException("timeout");
    }

    /** Whose time is over is cancelled, as OkHttp would have done; without the lock, since its event listeners hear of it. */
    private void leaveFor(Throwable why) {
        leave();
        if (why instanceof InterruptedIOException && time.nanos() >= scope.deadlineNanos()) {
            scope.call().cancel();
        }
    }

    /**
     * The head of the answer.
     *
     * @return null if the flight never started, or if this call {@linkplain #missedIt() missed} it
     */
    @Nullable
    Head awaitHead() throws IOException {
        try {
            return flight.awaitHead(this);
        } catch (IOException | RuntimeException | Error e) {
            leaveFor(e);
            throw e;
        }
    }

    /** The answer that this call gets. */
    Response answer(Head head, Request request) {
        if (head.fromCache().isPresent()) {
            scope.cached(head.fromCache().get(), head.model());
        }
        scope.observe(this);
        if (!opener) {
            return head.forFollower(request, this);
        }
        scope.leads(head.asked());
        return head.forOpener(request, this);
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
        if (byteCount == 0 || ended) {
            return byteCount == 0 ? 0 : -1;
        }
        long count;
        try {
            count = flight.read(this, sink, byteCount);
        } catch (IOException | RuntimeException | Error e) {
            leaveFor(e);
            throw e;
        }
        if (count < 0) {
            ended = true;
            leave();
        }
        return count;
    }

    /** When it will have waited too long, should it wait from now on. The flight is to find out first that its upstream is silent. */
    long patience(long slackNanos) {
        return readTimeoutNanos == 0 ? Long.MAX_VALUE : time.nanos() + readTimeoutNanos + slackNanos;
    }

    /** A parser that stops at the last brace never reads the end; who has everything that says it is complete has a whole answer. */
    @Override
    public Completeness completeness() {
        // Asked before its own body closes; whoever is asked later belongs to a call that got another answer in place
        // of this one.
        return !ended && flight.isAboard(this) && flight.isWhole(position)
                ? Completeness.COMPLETE
                : Completeness.UNKNOWN;
    }

    @Override
    public void ended(Ending ending, @Nullable IOException failure) {
        // The scope lets go of what embarked.
    }

    @Override
    public Timeout timeout() {
        return Timeout.NONE;
    }

    @Override
    public void close() {
        leave();
    }

    /** Gets off, once. Whoever leaves is settled when he has left, even if another thread has sent him off. */
    void leave() {
        if (flight.leave(this)) {
            settled.complete(true);
        }
        unlink();
    }

    /** There is nothing more to wait for: what has arrived can be read, whenever. */
    void unlink() {
        unlink.getAndSet(() -> {}).run();
    }

    /** Before it boards: it has to wait for its own limits, holding a seat. */
    void standsInLine() {
        inLine = true;
    }

    /** True if more has arrived than is held while it stood in line: it has to board another flight. */
    boolean missedIt() {
        return missedIt;
    }

    /**
     * Says what is known about the flight, and lets the report go.
     *
     * @param report what the flight has used; null if nothing was asked upstream
     * @param remark why the answer was not kept
     */
    void settle(@Nullable CallReport report, Optional<String> remark) {
        if (opener) {
            remark.ifPresent(scope::remark);
        }
        if (report != null && opener) {
            scope.carry(report);
        } else if (report != null && flight.isShared()) {
            scope.cached(flight.shared().withSaved(report.usage(), report.cost()), report.modelServed());
        }
        settled.complete(true);
    }

    /** The flight does not concern this call any more. */
    void settle() {
        settled.complete(true);
    }

    boolean isOpener() {
        return opener;
    }

    // With the lock of the flight.

    /** It is on board, of a flight on which so much had arrived by then. */
    void boarded(int arrivals) {
        arrivalsBefore = arrivals;
    }

    /** True if it left since its time was over, and nothing had arrived in all of it. */
    boolean gaveUpAt(int arrivals) {
        return gaveUp && arrivals == arrivalsBefore;
    }

    boolean isInLine() {
        return inLine;
    }

    void seated() {
        inLine = false;
    }

    void missed() {
        missedIt = true;
        alone = true;
    }

    long position() {
        return position;
    }

    void took(long count) {
        position += count;
        lastReadNanos = time.nanos();
    }

    long lastReadNanos() {
        return lastReadNanos;
    }

    /**
     * The flight has nothing more to say about it.
     *
     * @param behind true if what the flight uses is reported by itself, should this be the call that has opened it
     */
    void alone(boolean behind) {
        alone = true;
        if (opener && behind) {
            scope.leavesBehind(asked.withFlight(flight.id()));
        }
    }

    boolean isAlone() {
        return alone;
    }

    boolean isWaiting() {
        return waiting;
    }

    void waits(long until) {
        waiting = true;
        patienceEndsNanos = until;
    }

    void goesOn() {
        waiting = false;
        patienceEndsNanos = Long.MAX_VALUE;
    }

    void stalled() {
        cause = cause == null ? Cause.STALLED : cause;
    }

    void left() {
        cause = cause == null ? Cause.CLOSED : cause;
    }
}
