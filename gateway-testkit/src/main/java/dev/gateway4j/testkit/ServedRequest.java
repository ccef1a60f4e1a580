package dev.gateway4j.testkit;

import dev.gateway4j.api.WireHeaders;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/**
 * A request that {@link GatewayServer} has answered, for a test to look at.
 *
 * @param method the HTTP method, as sent
 * @param path the path and query, as sent, such as {@code /v1/models?limit=2}
 * @param headers the headers, as sent and with whatever credential the client put there
 * @param body the first 64 KB of the body, not to be modified; empty if there is none
 * @param status the HTTP status of the answer; empty if a fault struck before the first header
 */
@SuppressWarnings(
        "ArrayRecordComponent") // identity is enough: tests look at the members, they never compare whole requests
public record ServedRequest(String method, String path, WireHeaders headers, byte[] body, OptionalInt status) {
    /** The body as UTF-8 text. */
    public String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
