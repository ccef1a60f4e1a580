package dev.gateway4j.simulator.internal.encode;

/**
 * What a legacy completion and all chunks of its stream have in common.
 *
 * @param id the id
 * @param created when it was made, in seconds since 1970
 * @param model the name the model answers by
 */
public record CompletionHead(String id, long created, String model) {}
