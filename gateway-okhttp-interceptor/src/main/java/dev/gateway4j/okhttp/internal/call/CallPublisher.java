package dev.gateway4j.okhttp.internal.call;

import dev.gateway4j.api.call.CallListener;
import dev.gateway4j.api.call.CallReport;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells everybody who listens that a call has ended. A listener that fails loses its report and nothing else. Thread-safe. */
public final class CallPublisher {
    private static final Logger LOG = LoggerFactory.getLogger(CallPublisher.class);

    private final List<CallListener> listeners;
    private final AtomicLong lost = new AtomicLong();

    /** Listeners hear of each call in this order. */
    public CallPublisher(List<CallListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    /** Tells everybody. */
    public void publish(CallReport report) {
        for (CallListener listener : listeners) {
            try {
                listener.ended(report);
            } catch (RuntimeException e) {
                // Said for the 1st, 2nd, 4th, 8th … time, so that a listener which always fails does not fill the log.
                long count = lost.incrementAndGet();
                if (Long.bitCount(count) == 1) {
                    LOG.warn(
                            "A listener failed and missed the report of a call: call={} listener={} lost={}",
                            report.callId(),
                            listener.getClass().getName(),
                            count,
                            e);
                }
            }
        }
    }
}
