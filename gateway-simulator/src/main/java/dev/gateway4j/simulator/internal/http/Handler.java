package dev.gateway4j.simulator.internal.http;

import dev.gateway4j.api.spi.WireReply;
import java.util.function.Consumer;

/** Answers the requests of one route. Thread-safe. */
@FunctionalInterface
public interface Handler {
    /**
     * The reply.
     *
     * @throws dev.gateway4j.simulator.internal.request.ApiError if the request deserves an error
     */
    WireReply handle(Exchange exchange);

    /**
     * Throws what is wrong with a request. A handler that leaves something behind when it answers says so here without that; the others may
     * answer.
     *
     * @throws dev.gateway4j.simulator.internal.request.ApiError if the request deserves an error
     */
    default void judge(Exchange exchange) {
        handle(exchange).frames().close();
    }

    /** A handler that judges in one way and answers in another. */
    static Handler judging(Consumer<Exchange> judge, Handler answer) {
        return new Handler() {
            @Override
            public WireReply handle(Exchange exchange) {
                return answer.handle(exchange);
            }

            @Override
            public void judge(Exchange exchange) {
                judge.accept(exchange);
            }
        };
    }
}
