package dev.gateway4j.simulator.internal.http;

import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.api.spi.WireRequest;

/** The whole simulated service as one of its endpoints sees it: a batch sends its lines through here. Thread-safe. */
@FunctionalInterface
public interface Simulate {
    /** The reply to a request; never an exception. */
    WireReply answer(WireRequest request);
}
