package dev.gateway4j.simulator.internal.http;

import dev.gateway4j.api.WireHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** The key that a request presents. */
public final class Presented {
    private static final String BEARER = "Bearer ";
    private static final String BASIC = "Basic ";

    private Presented() {}

    /** The key; empty if there is none, or the header is malformed. */
    public static Optional<String> key(WireHeaders headers) {
        return headers.first("api-key")
                .or(() -> headers.first("authorization").flatMap(Presented::ofAuthorization))
                .map(String::strip)
                .filter(key -> !key.isEmpty());
    }

    private static Optional<String> ofAuthorization(String value) {
        if (value.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Optional.of(value.substring(BEARER.length()));
        }
        if (!value.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return Optional.empty();
        }
        try {
            String pair = new String(
                    Base64.getDecoder().decode(value.substring(BASIC.length()).strip()), StandardCharsets.UTF_8);
            return Optional.of(pair.substring(pair.indexOf(':') + 1));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
