package dev.gateway4j.testkit;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.spi.Frame;
import java.util.function.BooleanSupplier;

/** How one answer meets the clock and the socket: waits until something is due, gives up when the client has, strikes faults. */
final class Delivery {
    /** To ask a socket costs three system calls; with hundreds of streams that wait, most of the processor's time would go into it. */
    private static final int EVERY = 8;

    private final TimeSource time;
    private final LoopbackConnection connection;
    private final BooleanSupplier gone = this::isGone;
    private int asked;

    Delivery(TimeSource time, LoopbackConnection connection) {
        this.time = time;
        this.connection = connection;
    }

    LoopbackConnection connection() {
        return connection;
    }

    /** Waits until then; if the client goes first, closes the connection and answers false. */
    boolean awaitDue(long dueNanos) {
        try {
            if (time.waitUntil(dueNanos, gone)) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connection.cut();
        return false;
    }

    /** Clocks ask every few milliseconds. */
    private boolean isGone() {
        return connection.isClosed() || (asked++ % EVERY == 0 && connection.isGone());
    }

    boolean isDue(Frame frame) {
        return frame.dueNanos() - time.nanos() <= 0;
    }

    /** Waits until the fault is due and makes the socket show it. The connection is closed afterwards, whatever the fault. */
    void fail(Frame.Fault fault) {
        if (!awaitDue(fault.dueNanos())) {
            return;
        }
        switch (fault.kind()) {
            case RESET -> connection.reset();
            // An accepted connection can no longer be refused; to close it without a word comes nearest.
            case CUT, CONNECT_REFUSED, UNKNOWN_HOST -> connection.cut();
            case STALL -> {
                connection.awaitGone();
                connection.cut();
            }
        }
    }
}
