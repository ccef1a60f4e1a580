package dev.gateway4j.api;

import java.util.Optional;

/**
 * An answer the gateway itself gives, in the shape of an OpenAI error, so that an SDK handles it like any other.
 *
 * @param reason which row of the table this is; decides status and code
 * @param message what happened with the value, the rule, and the way out; never a secret, a prompt or a body
 * @param param the request member at fault, as OpenAI's {@code error.param}
 */
public record Refusal(RefusalReason reason, String message, Optional<String> param) {
    /** A refusal that blames no single request member. */
    public static Refusal of(RefusalReason reason, String message) {
        return new Refusal(reason, message, Optional.empty());
    }

    /** The headers of the answer: content type, reason, and {@code x-should-retry: false}. */
    public WireHeaders headers() {
        return WireHeaders.of(
                "content-type", "application/json", "x-gateway-refusal", reason.id(), "x-should-retry", "false");
    }
}
