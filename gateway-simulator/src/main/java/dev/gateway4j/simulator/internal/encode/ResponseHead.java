package dev.gateway4j.simulator.internal.encode;

import dev.gateway4j.simulator.internal.request.ResponsesRequest;

/**
 * What a response and all events of its stream have in common.
 *
 * @param id the id
 * @param messageId the id of its message
 * @param created when it was begun, in seconds since 1970
 * @param completed when it was finished, in seconds since 1970
 * @param request what it answers; much of that is echoed
 */
public record ResponseHead(String id, String messageId, long created, long completed, ResponsesRequest request) {}
