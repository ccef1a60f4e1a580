package dev.gateway4j.simulator.internal.encode;

import dev.gateway4j.simulator.internal.request.ResponsesRequest;
import java.util.Optional;

/**
 * What a response has before anything is said.
 *
 * @param id the id
 * @param created when it was begun, in seconds since 1970
 * @param completed when it was finished, in seconds since 1970
 * @param request what it answers; much of that is echoed
 * @param azure true if Azure OpenAI answers
 * @param failure why nothing comes of it; empty if something does
 */
public record ResponseHead(
        String id,
        long created,
        long completed,
        ResponsesRequest request,
        boolean azure,
        Optional<ResponseFailure> failure) {}
