package dev.gateway4j.simulator.internal.http;

import dev.gateway4j.api.spi.WireAnswer;
import java.util.function.Supplier;

/** A stage that a request passes on its way to the handler and its answer on the way back. Thread-safe. */
@FunctionalInterface
public interface Around {
    /** Goes straight on. */
    Around NOTHING = (exchange, rest) -> rest.get();

    /**
     * The answer.
     *
     * @param exchange the request
     * @param rest what the stages after this one answer; called at most once
     */
    WireAnswer answer(Exchange exchange, Supplier<WireAnswer> rest);

    /** This stage, and that one inside of it. */
    default Around then(Around inner) {
        return (exchange, rest) -> answer(exchange, () -> inner.answer(exchange, rest));
    }
}
