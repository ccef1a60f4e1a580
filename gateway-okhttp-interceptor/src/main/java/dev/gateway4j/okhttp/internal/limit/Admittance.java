package dev.gateway4j.okhttp.internal.limit;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.config.RateLimitConfig.OnLimit;
import dev.gateway4j.okhttp.internal.call.CallScope;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;

/** How a call comes by what it needs: how long it stands in line, and how it ends if it gives up. Thread-safe. */
final class Admittance {
    private final LimitBook book;
    private final TimeSource time;

    Admittance(LimitBook book, TimeSource time) {
        this.book = book;
        this.time = time;
    }

    /** The turn of a call that has stood in line for so long before: what it has waited at one key it cannot wait again at the next. */
    Turn turn(CallScope scope, long waitedNanos) {
        if (book.config().onLimit() != OnLimit.WAIT) {
            return Turn.NOW;
        }
        long patience = book.config().maxWait().toNanos() - waitedNanos;
        return patience <= 0
                ? Turn.NOW
                : new Turn(Math.min(time.nanos() + patience, scope.deadlineNanos()), scope::canceled);
    }

    /** Takes every charge, or none. */
    Admission admit(List<Charge> charges, Turn turn) throws IOException {
        try {
            return book.turnstile().admit(charges, turn);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        }
    }

    /** True if the call's time ran out in line, so that an answer would come too late. */
    boolean isTooLate(CallScope scope, Admission.Refused refused) {
        return refused.waitedNanos() > 0 && time.nanos() >= scope.deadlineNanos();
    }

    /** How a call ends that was given up in line. */
    IOException canceled(CallScope scope) {
        return time.nanos() >= scope.deadlineNanos() ? callTimeout(scope) : new IOException("Canceled");
    }

    /** What OkHttp's own call timeout would have thrown, which it enforces on sockets only. */
    IOException callTimeout(CallScope scope) {
        scope.call().cancel();
        return new InterruptedIOException("timeout");
    }
}
