package dev.gateway4j.simulator.internal.http;

import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.simulator.internal.encode.ErrorBodies;
import dev.gateway4j.simulator.internal.request.ApiError;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** Replies with the headers OpenAI sends along. */
final class Replies {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final String ORGANIZATION = "gateway4j-simulator";
    private static final String JSON = "application/json";
    private static final String EVENTS = "text/event-stream; charset=utf-8";

    private Replies() {}

    /**
     * A body that arrives whole.
     *
     * @param tokens what the limiter charges; none for endpoints without limit headers
     * @param after how long after the request it arrives
     */
    static WireReply whole(Exchange exchange, byte[] body, OptionalLong tokens, long after) {
        long due = exchange.arrived() + after;
        WireHeaders.Builder headers = head(exchange, JSON, after);
        tokens.ifPresent(charge -> Quota.add(headers, charge));
        return new WireReply(200, headers.build(), due, Frames.of(body, due));
    }

    /** A body that arrives as events. */
    static WireReply stream(Exchange exchange, Frames events, long tokens, long after) {
        WireHeaders.Builder headers = head(exchange, EVENTS, after);
        Quota.add(headers, tokens);
        return new WireReply(200, headers.build(), exchange.arrived() + after, events);
    }

    static WireReply error(Exchange exchange, ApiError error, long after) {
        long due = exchange.arrived() + after;
        boolean newFamily = exchange.newFamily();
        WireHeaders.Builder headers = head(exchange, newFamily ? JSON : "application/json; charset=utf-8", after);
        if (!newFamily) {
            headers.add("vary", "Origin");
        }
        byte[] body = ErrorBodies.of(error, newFamily);
        return new WireReply(error.status(), headers.build(), due, Frames.of(body, due));
    }

    private static WireHeaders.Builder head(Exchange exchange, String contentType, long after) {
        return WireHeaders.builder()
                .add("date", DATE.format(exchange.now()))
                .add("content-type", contentType)
                .add("access-control-expose-headers", "X-Request-ID")
                .add("openai-organization", organization(exchange))
                .add("openai-processing-ms", Long.toString(Math.max(1, TimeUnit.NANOSECONDS.toMillis(after))))
                .add("openai-version", "2020-10-01")
                .add("x-request-id", exchange.requestId());
    }

    private static String organization(Exchange exchange) {
        return exchange.request().headers().first("openai-organization").orElse(ORGANIZATION);
    }
}
