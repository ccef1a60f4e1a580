package dev.gateway4j.simulator.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.simulator.internal.encode.AzureBodies;
import dev.gateway4j.simulator.internal.encode.ErrorBodies;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.request.ApiError;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Replies with the headers OpenAI sends along. */
public final class Replies {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final String ORGANIZATION = "gateway4j-simulator";
    private static final String ORGANIZATION_ID = "org-Gateway4jSimulator000000";
    /** The project that answers are of. */
    public static final String PROJECT = "proj_Gateway4jSimulator000000";

    private static final String AZURE_UNAUTHORIZED =
            "Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active"
                    + " subscription and use a correct regional API endpoint for your resource.";
    /** Statuses with which the edge answers before the API sees the request. */
    private static final Set<Integer> AT_THE_EDGE = Set.of(401, 403, 413);
    /** Where 401 looks as it did in the beginning: indented by four, with a line break at the end. */
    private static final Set<String> OLD_FAMILIES = Set.of("chat", "completions", "embeddings", "models");

    private static final int RAY_FROM = "req_".length();
    private static final int RAY_TO = RAY_FROM + 16;
    private static final String JSON = "application/json";
    private static final String EVENTS = "text/event-stream; charset=utf-8";

    private Replies() {}

    /**
     * A body that arrives whole.
     *
     * @param tokens what the limiter charges; none for endpoints without limit headers
     * @param after how long after the request it arrives
     */
    public static WireReply whole(Exchange exchange, byte[] body, OptionalLong tokens, long after) {
        long due = exchange.arrived() + after;
        WireHeaders.Builder headers = head(exchange, JSON, after);
        tokens.ifPresent(charge -> limits(exchange, headers, charge));
        return new WireReply(200, headers.build(), due, Frames.of(body, due));
    }

    /** An object as the family of the endpoint formats it, at once and without limit headers. */
    public static WireReply json(Exchange exchange, JsonNode body) {
        String text = Json.indented(json -> json.writeTree(body));
        return whole(exchange, Json.bytes(exchange.endsWithLineBreak() ? text + "\n" : text), OptionalLong.empty(), 0);
    }

    /** A file to be saved. */
    public static WireReply file(Exchange exchange, byte[] content, String name) {
        String safe = name.replaceAll("[\\p{Cntrl}\"\\\\]", "_");
        WireHeaders headers = head(exchange, "application/octet-stream", 0)
                .add("content-length", Integer.toString(content.length))
                .add("content-disposition", "attachment; filename=\"" + safe + "\"")
                .build();
        return new WireReply(200, headers, exchange.arrived(), Frames.of(content, exchange.arrived()));
    }

    /** A body that arrives as events. */
    public static WireReply stream(Exchange exchange, Frames events, long tokens, long after) {
        WireHeaders.Builder headers = head(exchange, EVENTS, after);
        limits(exchange, headers, tokens);
        return new WireReply(200, headers.build(), exchange.arrived() + after, events);
    }

    /** An error. Those of the edge, which stands before the API, name neither organization nor version. */
    public static WireReply error(Exchange exchange, ApiError error, long after) {
        if (exchange.azure() && error.status() == 401) {
            return azure(exchange, error.status(), "401", AZURE_UNAUTHORIZED, after);
        }
        boolean newFamily = exchange.newFamily();
        boolean unauthorized = error.status() == 401;
        String type = newFamily ? JSON : "application/json; charset=utf-8";
        WireHeaders.Builder headers;
        if (!exchange.azure() && AT_THE_EDGE.contains(error.status()) && !newFamily) {
            headers = edge(exchange, type).add("x-request-id", exchange.requestId());
        } else {
            headers = head(exchange, type, after);
        }
        if (exchange.azure()) {
            byte[] body = AzureBodies.error(error, newFamily, Azure.version(exchange));
            return whole(exchange, error.status(), headers.build(), body, after);
        }
        if (!newFamily) {
            headers.add("vary", "Origin");
        } else if (unauthorized) {
            headers.add("www-authenticate", "Bearer realm=\"OpenAI API\"");
        }
        byte[] body = unauthorized && OLD_FAMILIES.contains(exchange.segment(0))
                ? ErrorBodies.edge(error)
                : ErrorBodies.of(error, newFamily);
        return whole(exchange, error.status(), headers.build(), body, after);
    }

    /** An error as Azure says it. */
    public static WireReply azure(Exchange exchange, int status, String code, String message, long after) {
        return azure(exchange, status, ErrorBodies.azure(code, message), after);
    }

    /** A body with the headers of Azure. */
    public static WireReply azure(Exchange exchange, int status, byte[] body, long after) {
        return whole(exchange, status, Azure.head(exchange, JSON).build(), body, after);
    }

    /** A reply of the edge, which may hold anything. */
    public static WireReply edge(Exchange exchange, int status, String contentType, byte[] body, long after) {
        return whole(exchange, status, edge(exchange, contentType).build(), body, after);
    }

    /** The organization a request is of, as messages name it. */
    public static String organizationId(Exchange exchange) {
        return exchange.request()
                .headers()
                .first("openai-organization")
                .filter(id -> id.startsWith("org-"))
                .orElse(ORGANIZATION_ID);
    }

    private static WireReply whole(Exchange exchange, int status, WireHeaders headers, byte[] body, long after) {
        long due = exchange.arrived() + after;
        return new WireReply(status, headers, due, Frames.of(body, due));
    }

    /** When a request arrived, as headers say it. */
    static String date(Exchange exchange) {
        return DATE.format(exchange.now());
    }

    private static void limits(Exchange exchange, WireHeaders.Builder headers, long tokens) {
        if (exchange.azure()) {
            Azure.limits(headers, tokens);
        } else {
            Quota.add(headers, tokens);
        }
    }

    /**
     * A body of any type.
     *
     * @param status the status
     * @param contentType the type of the body
     * @param more further headers, at the end
     * @param body the body
     * @param after how long after the request the headers arrive
     */
    public static WireReply of(
            Exchange exchange, int status, String contentType, WireHeaders more, Frames body, long after) {
        WireHeaders.Builder headers = head(exchange, contentType, after);
        more.entries().forEach(header -> headers.add(header.getKey(), header.getValue()));
        return new WireReply(status, headers.build(), exchange.arrived() + after, body);
    }

    private static WireHeaders.Builder head(Exchange exchange, String contentType, long after) {
        if (exchange.azure()) {
            return Azure.head(exchange, contentType);
        }
        WireHeaders.Builder headers = edge(exchange, contentType)
                .add("access-control-expose-headers", exchange.newFamily() ? "CF-Ray" : "X-Request-ID")
                .add("openai-organization", organization(exchange))
                .add("openai-processing-ms", Long.toString(Math.max(1, TimeUnit.NANOSECONDS.toMillis(after))))
                .add("openai-project", PROJECT)
                .add("openai-version", "2020-10-01");
        if (!exchange.newFamily()) {
            headers.add("x-openai-proxy-wasm", "v0.1");
        }
        return headers.add("x-request-id", exchange.requestId());
    }

    private static WireHeaders.Builder edge(Exchange exchange, String contentType) {
        return WireHeaders.builder()
                .add("date", date(exchange))
                .add("content-type", contentType)
                .add("cf-ray", exchange.requestId().substring(RAY_FROM, RAY_TO) + "-IAD")
                .add("cf-cache-status", "DYNAMIC")
                .add("server", "cloudflare")
                .add("strict-transport-security", "max-age=31536000; includeSubDomains; preload")
                .add("x-content-type-options", "nosniff")
                .add("alt-svc", "h3=\":443\"; ma=86400");
    }

    /** The name of the organization that asks. */
    public static String organization(Exchange exchange) {
        return exchange.request().headers().first("openai-organization").orElse(ORGANIZATION);
    }
}
