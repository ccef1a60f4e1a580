package dev.gateway4j.simulator.internal.http;

import dev.gateway4j.api.spi.WireReply;

/** Answers the requests of one route. Thread-safe. */
@FunctionalInterface
interface Handler {
    /**
     * The reply.
     *
     * @throws dev.gateway4j.simulator.internal.request.ApiError if the request deserves an error
     */
    WireReply handle(Exchange exchange);
}
