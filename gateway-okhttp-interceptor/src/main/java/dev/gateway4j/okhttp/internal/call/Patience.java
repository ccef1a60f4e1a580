package dev.gateway4j.okhttp.internal.call;

import dev.gateway4j.api.TimeSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/**
 * Waits for what is due, no longer than the call allows. OkHttp enforces call timeout, read timeout and cancel on sockets
 * only, so answers without a socket need this. The exceptions are those OkHttp would have thrown. Used by one thread at a time.
 */
public final class Patience {
    private final CallScope scope;
    private final TimeSource time;
    private final long readTimeoutNanos;

    /** Patience for one call; 0 for a read timeout that is none. */
    public Patience(CallScope scope, int readTimeoutMillis) {
        this.scope = scope;
        this.time = scope.runtime().time();
        this.readTimeoutNanos = TimeUnit.MILLISECONDS.toNanos(readTimeoutMillis);
    }

    /** Returns once the time has come; throws if the call ends first. */
    public void await(long dueNanos) throws IOException {
        long now = time.nanos();
        if (scope.canceled()) {
            throw canceled();
        }
        if (dueNanos > now) {
            await(dueNanos, now);
        } else if (now >= scope.deadlineNanos()) {
            throw callTimeout();
        }
    }

    /** Waits for what never comes. */
    public IOException forever() {
        try {
            await(Long.MAX_VALUE);
            return new IOException("the end of time was reached");
        } catch (IOException e) {
            return e;
        }
    }

    private void await(long dueNanos, long now) throws IOException {
        // As on a socket: the timeout counts from the read, so a slow reader is not punished.
        long silence = readTimeoutNanos == 0 ? Long.MAX_VALUE : now + readTimeoutNanos;
        long limit = Math.min(dueNanos, Math.min(scope.deadlineNanos(), silence));
        if (!waitUntil(limit)) {
            throw canceled();
        }
        if (limit == dueNanos) {
            return;
        }
        throw limit == scope.deadlineNanos() ? callTimeout() : new SocketTimeoutException("timeout");
    }

    private boolean waitUntil(long nanos) throws IOException {
        try {
            return time.waitUntil(nanos, scope::canceled);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        }
    }

    /** When OkHttp's own watchdog was faster, it has cancelled the call and turns this exception into its timeout. */
    private IOException canceled() {
        return time.nanos() >= scope.deadlineNanos() ? callTimeout() : new IOException("Canceled");
    }

    private IOException callTimeout() {
        scope.call().cancel();
        return new InterruptedIOException("timeout");
    }
}
