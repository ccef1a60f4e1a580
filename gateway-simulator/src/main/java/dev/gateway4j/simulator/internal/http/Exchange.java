package dev.gateway4j.simulator.internal.http;

import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.simulator.internal.chance.Chance;
import dev.gateway4j.simulator.internal.chance.Ids;
import java.time.Instant;

/**
 * One request on its way to a reply.
 *
 * @param request the request
 * @param path its path in one form
 * @param now when it arrived
 * @param chance its chance
 * @param ids its ids
 * @param requestId its {@code x-request-id}
 */
record Exchange(WireRequest request, ApiPath path, Instant now, Chance chance, Ids ids, String requestId) {
    long seconds() {
        return now.getEpochSecond();
    }

    long arrived() {
        return request.arrivedNanos();
    }

    /** True for the endpoints that came with the Responses API, whose JSON differs in small things. */
    boolean newFamily() {
        return path.path().startsWith("/v1/responses");
    }

    /** The part of the path after a prefix, up to the next slash. */
    String segmentAfter(String prefix) {
        String rest = path.path().substring(prefix.length());
        int end = rest.indexOf('/');
        return end < 0 ? rest : rest.substring(0, end);
    }
}
