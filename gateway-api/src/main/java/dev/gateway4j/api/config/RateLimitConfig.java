package dev.gateway4j.api.config;

import dev.gateway4j.api.limit.LimitRule;
import java.time.Duration;
import java.util.List;

/**
 * The rate limits of an environment. Immutable and thread-safe.
 *
 * @param rules the limits; none means that nothing is limited but by what the upstream says
 * @param onLimit what a call over a limit does
 * @param maxWait how long it waits at most, if it waits
 * @param maxQueue how many calls wait at the same time at most; the next is refused
 * @param estimator how tokens are reckoned before the answer says what they were
 * @param oversized what happens to a call that is larger than a whole limit
 * @param learn whether what the upstream says about its own limits holds calls back
 * @param maxSubjects how many users, tenants and the like are remembered at the same time
 */
public record RateLimitConfig(
        List<LimitRule> rules,
        OnLimit onLimit,
        Duration maxWait,
        int maxQueue,
        Estimator estimator,
        Oversized oversized,
        boolean learn,
        long maxSubjects) {
    /** What a call over a limit does. */
    public enum OnLimit {
        /** It is refused with 429 and told when to come again. Default. */
        REFUSE,
        /**
         * It waits its turn, and is refused if that would take too long. It waits on its own thread: an asynchronous call holds one of the
         * places of OkHttp's dispatcher meanwhile, of which there are 5 for a host and 64 in all, so that other hosts keep theirs unless a
         * dozen upstreams wait at the same time. {@code max_queue} bounds how many wait; where many shall, raise {@code
         * Dispatcher.setMaxRequestsPerHost} and {@code setMaxRequests} above it, or give each upstream a client with a dispatcher of its own.
         */
        WAIT,
        /** It goes on; report and log say that it would have been refused. */
        SHADOW
    }

    /** How tokens are reckoned before the answer says what they were. */
    public enum Estimator {
        /** As OpenAI's own limiter does: about a quarter of the characters, and nothing for the answer. Default. */
        UPSTREAM,
        /** The question on the safe side, and as much as the answer can have, so that answers overshoot no limit. */
        WORST_CASE,
        /** The question counted by the model's tokenizer, and the answer as in the worst case. */
        EXACT
    }

    /** What happens to a call that is larger than a whole limit. */
    public enum Oversized {
        /** It is refused at once: waiting would not help. Default. */
        REFUSE,
        /** It goes on alone, once the limit is full, and leaves it in debt. */
        ALONE
    }

    /** Copies the list. */
    public RateLimitConfig {
        rules = List.copyOf(rules);
    }

    /** No limits of our own; what the upstream says is heeded. */
    public static RateLimitConfig none() {
        return of(List.of());
    }

    /** These limits, and refusal beyond them. */
    public static RateLimitConfig of(List<LimitRule> rules) {
        return new RateLimitConfig(
                rules,
                OnLimit.REFUSE,
                Duration.ofSeconds(30),
                1_000,
                Estimator.UPSTREAM,
                Oversized.REFUSE,
                true,
                1_000_000);
    }
}
