package dev.gateway4j.testkit;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.spi.Frame;

/** How one answer meets the clock and the socket: waits until something is due, gives up when the client has, strikes faults. */
record Delivery(TimeSource time, LoopbackConnection connection) {
    /** Waits until then; if the client goes first, closes the connection and answers false. */
    boolean awaitDue(long dueNanos) {
        try {
            if (time.waitUntil(dueNanos, connection::isGone)) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connection.cut();
        return false;
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
