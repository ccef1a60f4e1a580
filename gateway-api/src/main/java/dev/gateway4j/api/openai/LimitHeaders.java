package dev.gateway4j.api.openai;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What an upstream says about its own limits in the headers of an answer: {@code x-ratelimit-*}, {@code retry-after-ms} and {@code
 * retry-after}. Whatever cannot be understood counts as not said; absurd values are bounded. Immutable.
 *
 * @param requests the limit on requests
 * @param tokens the limit on tokens
 * @param retryAfter when to come again
 */
public record LimitHeaders(Optional<Reading> requests, Optional<Reading> tokens, Optional<Duration> retryAfter) {
    /** The longest time that is believed. */
    public static final Duration LONGEST = Duration.ofDays(1);

    /** Nothing was said. */
    public static final LimitHeaders NONE = new LimitHeaders(Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * What one limit says.
     *
     * @param limit how much there is in its window
     * @param remaining how much is left, from 0 to {@code limit}
     * @param reset until everything is there again, if it was said
     */
    public record Reading(long limit, long remaining, Optional<Duration> reset) {}

    /**
     * Reads the headers of an answer.
     *
     * @param header the value of a header by its lower-case name; null if there is none
     * @param now the wall-clock time, for {@code retry-after} dates
     */
    @SuppressWarnings("DoNotCallSuggester")
    public static LimitHeaders read(UnaryOperator<@Nullable String> header, Instant now) {
        throw new UnsupportedOperationException();
    }
}
