package dev.gateway4j.simulator.internal.encode;

/**
 * A response that fails after it has begun: a stream tells it by an {@code error} and {@code response.failed}.
 *
 * @param type the type of the error, such as {@code service_unavailable_error}
 * @param code its code, which the response shows as well
 * @param message its message
 * @param afterDeltas how many bits of text a stream sends before
 */
public record ResponseFailure(String type, String code, String message, int afterDeltas) {}
