package dev.gateway4j.api.call;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a key stands now, as a whole or for one model. Never shows its secret.
 *
 * @param name the name of the key
 * @param upstream the name of the upstream it belongs to
 * @param model the model this is about; empty for the key as a whole
 * @param state whether it is used
 * @param until when that may change: the end of a rest, after which one call tries the key, or the begin of its validity
 * @param reason why it is not used, such as {@code 401 invalid_api_key} or {@code tokens}; empty if it is
 * @param validFrom when it begins to be used
 * @param validUntil when it is no longer chosen
 * @param remaining how much of what the upstream allows is left, from 0 to 1, if an answer has said so
 */
public record KeyStatus(
        String name,
        String upstream,
        Optional<String> model,
        State state,
        Optional<Instant> until,
        String reason,
        Optional<Instant> validFrom,
        Optional<Instant> validUntil,
        OptionalDouble remaining) {
    /** Whether a key is used. */
    public enum State {
        /** It is. */
        LIVE,
        /** The upstream asked to wait. */
        COOLING,
        /** The upstream refused it. */
        QUARANTINED,
        /** Its money is spent. */
        PAUSED,
        /** Its time has not come. */
        NOT_YET_VALID,
        /** Its time is over. */
        EXPIRED;

        /** The name in metrics and logs, such as {@code quarantined}. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
