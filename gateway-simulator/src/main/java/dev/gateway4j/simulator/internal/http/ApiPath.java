package dev.gateway4j.simulator.internal.http;

import dev.gateway4j.api.openai.Endpoint;
import dev.gateway4j.api.spi.WireRequest;
import java.util.Optional;

/**
 * A path brought to one form: {@code /v1/...} whatever base URL it was sent to.
 *
 * @param path the path below the version, such as {@code /v1/chat/completions}
 * @param deployment the Azure deployment it names
 * @param versioned false if it was sent without any prefix, which errors tell
 */
public record ApiPath(String path, Optional<String> deployment, boolean versioned) {
    /** The path of a request. */
    public static ApiPath of(WireRequest request) {
        String sent = request.path();
        String endpoint = request.endpoint();
        boolean versioned = sent.startsWith("/openai/") || (sent.contains("/v1/") && sent.contains(endpoint));
        return new ApiPath(endpoint, Endpoint.deployment(sent), versioned);
    }
}
