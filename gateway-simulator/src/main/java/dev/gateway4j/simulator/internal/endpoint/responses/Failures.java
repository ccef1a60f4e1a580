package dev.gateway4j.simulator.internal.endpoint.responses;

import dev.gateway4j.simulator.internal.encode.ResponseFailure;
import dev.gateway4j.simulator.internal.http.Exchange;
import java.util.Optional;

/** Decides which responses fail after they have begun. Thread-safe. */
@FunctionalInterface
public interface Failures {
    /** None does. */
    Failures NONE = exchange -> Optional.empty();

    /** How the response to this request fails; empty if it does not. */
    Optional<ResponseFailure> of(Exchange exchange);
}
