package dev.gateway4j.testkit;

import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.openai.ErrorBody;
import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.api.spi.WireReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a client offers when it opens a WebSocket. Browsers can set no headers, so key and version stand among the protocols.
 *
 * @param protocols the protocols it offers
 * @param headers all headers of the request
 */
record Handshake(List<String> protocols, WireHeaders headers) {
    private static final String KEY = "openai-insecure-api-key.";
    private static final String BETA = "openai-beta.";

    static Handshake of(IncomingRequest request) {
        List<String> protocols = new ArrayList<>();
        for (Map.Entry<String, String> field : request.headers().entries()) {
            if (field.getKey().equalsIgnoreCase("sec-websocket-protocol")) {
                for (String protocol : field.getValue().split(",", -1)) {
                    protocols.add(protocol.strip());
                }
            }
        }
        return new Handshake(List.copyOf(protocols), request.headers());
    }

    /** The protocol that is agreed on, if one of those it offers is known. */
    Optional<String> protocol() {
        return protocols.stream().filter("realtime"::equals).findFirst();
    }

    /** True if it can be answered. MockWebServer takes {@code Connection} literally. */
    boolean isComplete() {
        return headers.first("sec-websocket-key").isPresent()
                && headers.first("connection").orElse("").equalsIgnoreCase("upgrade");
    }

    /** Says as headers what a browser said by protocols. */
    void addTo(WireHeaders.Builder safe, Credentials credentials) {
        for (String protocol : protocols) {
            if (protocol.startsWith(KEY) && headers.first("authorization").isEmpty()) {
                safe.add("authorization", "Bearer " + credentials.shown(protocol.substring(KEY.length())));
            } else if (protocol.startsWith(BETA)) {
                safe.add("openai-beta", protocol.substring(BETA.length()).replaceFirst("-(v\\d+)$", "=$1"));
            }
        }
    }

    static WireReply incomplete(WireReply instead) {
        return refused(
                instead,
                400,
                "The request for a WebSocket needs the headers Sec-WebSocket-Key and Connection: Upgrade, the latter alone.");
    }

    static WireReply unanswered(WireReply instead) {
        return refused(
                instead, 501, "The stand-in behind this server opens a WebSocket, which only the simulator can.");
    }

    private static WireReply refused(WireReply instead, int status, String message) {
        instead.frames().close();
        byte[] body = ErrorBody.of(message, "invalid_request_error", Optional.empty(), Optional.empty());
        return new WireReply(
                status,
                WireHeaders.of("content-type", "application/json"),
                instead.dueNanos(),
                Frames.of(body, instead.dueNanos()));
    }
}
