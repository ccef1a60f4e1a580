package dev.gateway4j.simulator.internal.http;

import java.util.Optional;

/** Answers what no route answers, and stands around the routes that do. Thread-safe. */
public interface Fallback {
    /** The handler of a request no route answers; empty if there is no such thing to ask for. */
    Optional<Handler> alone(Exchange exchange);

    /** The handler of a request for which a route has this one. */
    Handler around(Exchange exchange, Handler written);

    /** True if requests of another method may go to this path. */
    boolean knows(Exchange exchange);
}
