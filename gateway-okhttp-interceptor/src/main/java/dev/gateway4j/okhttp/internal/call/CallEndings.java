package dev.gateway4j.okhttp.internal.call;

import dev.gateway4j.api.call.Ending;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;

/** How a call that got no answer ended. */
final class CallEndings {
    /** OkHttp starts its timer a little before our scope opens, so a cancel this close to the deadline is the timer's. */
    private static final long SLACK_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

    private CallEndings() {}

    /**
     * Ends the scope. OkHttp's own call timeout cancels the call, and only outside of all interceptors becomes the timeout that the
     * application sees; it is a failure, since nobody gave up.
     */
    static void end(CallScope scope, IOException failure) {
        boolean timeout = failure instanceof InterruptedIOException;
        if (!scope.canceled() || timeout) {
            scope.end(Ending.FAILED, failure);
        } else if (scope.runtime().time().nanos() >= scope.deadlineNanos() - SLACK_NANOS) {
            scope.end(Ending.FAILED, new InterruptedIOException("timeout"));
        } else {
            scope.end(Ending.CANCELLED, failure);
        }
    }
}
