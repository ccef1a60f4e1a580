package dev.gateway4j.api;

import java.time.Duration;
import java.util.Optional;

/**
 * An answer the gateway itself gives, in the shape of an OpenAI error, so that an SDK handles it like any other.
 *
 * @param reason which row of the table this is; decides status and code
 * @param message what happened with the value, the rule, and the way out; never a secret, a prompt or a body
 * @param param the request member at fault, as OpenAI's {@code error.param}
 * @param retryAfter when asking again can help; empty if it cannot
 */
public record Refusal(RefusalReason reason, String message, Optional<String> param, Optional<Duration> retryAfter) {
    /** The longest wait that an SDK is told to sit out by itself; a longer one is the application's decision. */
    private static final Duration WORTH_WAITING = Duration.ofSeconds(8);

    /** A refusal after which asking again does not help. */
    public Refusal(RefusalReason reason, String message, Optional<String> param) {
        this(reason, message, param, Optional.empty());
    }

    /** A refusal that blames no single request member. */
    public static Refusal of(RefusalReason reason, String message) {
        return new Refusal(reason, message, Optional.empty());
    }

    /** This refusal, which ends after this time. */
    public Refusal withRetryAfter(Duration time) {
        return new Refusal(reason, message, param, Optional.of(time));
    }

    /** This refusal in other words. */
    public Refusal withMessage(String other) {
        return new Refusal(reason, other, param, retryAfter);
    }

    /**
     * The headers of the answer: content type, reason, and whether an SDK should ask again: only where that helps within 8 seconds. Where
     * it helps at all, {@code retry-after} in whole seconds, rounded up, and {@code retry-after-ms}.
     */
    public WireHeaders headers() {
        boolean soon =
                retryAfter.filter(time -> time.compareTo(WORTH_WAITING) <= 0).isPresent();
        WireHeaders.Builder headers = WireHeaders.builder()
                .add("content-type", "application/json")
                .add("x-gateway-refusal", reason.id())
                .add("x-should-retry", Boolean.toString(soon));
        retryAfter.ifPresent(time -> {
            long millis = time.plusNanos(999_999).toMillis();
            headers.add("retry-after", Long.toString((millis + 999) / 1000));
            headers.add("retry-after-ms", Long.toString(millis));
        });
        return headers.build();
    }
}
