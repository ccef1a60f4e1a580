package dev.gateway4j.api.limit;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What became of an attempt at the rate limits.
 *
 * @param decision what was decided
 * @param limit the limit that refused, would have refused, or was waited for, such as {@code per_user.requests_per_minute}
 * @param waited how long the call waited
 * @param reservedTokens the tokens that were set aside before it started; 0 where no limit counts tokens
 */
public record LimitOutcome(Decision decision, Optional<String> limit, Duration waited, long reservedTokens) {
    /** What a limiter can say. */
    public enum Decision {
        /** It went on at once. */
        ADMITTED,
        /** It went on after waiting. */
        WAITED,
        /** It was refused. */
        REFUSED,
        /** It went on, but would have been refused: the limits are in shadow. */
        SHADOWED;

        /** The name in logs, such as {@code waited}. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
