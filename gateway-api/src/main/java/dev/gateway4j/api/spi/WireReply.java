package dev.gateway4j.api.spi;

import dev.gateway4j.api.WireHeaders;

/**
 * Status, headers and a body that is still to come.
 *
 * @param status the HTTP status, 100 to 599
 * @param headers the headers of the answer
 * @param dueNanos when the headers arrive, on the scale of {@link dev.gateway4j.api.TimeSource#nanos()}
 * @param frames the body; whoever receives the reply closes it, exactly once
 */
public record WireReply(int status, WireHeaders headers, long dueNanos, Frames frames) implements WireAnswer {
    /** Checks the status. */
    public WireReply {
        if (status < 100 || status > 599) {
            throw new IllegalArgumentException("status is " + status + "; an HTTP status lies between 100 and 599");
        }
    }
}
