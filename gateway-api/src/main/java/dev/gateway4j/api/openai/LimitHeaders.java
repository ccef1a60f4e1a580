package dev.gateway4j.api.openai;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What an upstream says about its own limits in the headers of an answer: {@code x-ratelimit-*}, {@code retry-after-ms} and {@code
 * retry-after}. Whatever cannot be understood counts as not said; absurd values are bounded. Immutable.
 *
 * <p>Times may be Go durations such as {@code 6m0s} or {@code 17ms}, plain numbers of seconds as Azure sends them, dates as in {@code
 * retry-after: Wed, 21 Oct 2026 07:28:00 GMT}, or instants such as {@code 2026-10-21T07:28:00Z}; a time that has passed is zero. Amounts
 * are whole numbers; {@code -1}, which Azure sends for what it does not know, counts as not said.
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

    private static final int LONGEST_AMOUNT = 15;
    private static final BigDecimal NANOS_PER_MILLI = BigDecimal.valueOf(1_000_000);

    /**
     * What one limit says.
     *
     * @param limit how much there is in its window; at least 1
     * @param remaining how much is left, from 0 to {@code limit}
     * @param reset until everything is there again, if it was said; at most {@link LimitHeaders#LONGEST}
     */
    public record Reading(long limit, long remaining, Optional<Duration> reset) {}

    /**
     * Reads the headers of an answer. Never throws, whatever they say.
     *
     * @param header the value of a header by its lower-case name; null if there is none
     * @param now the wall-clock time, for dates
     */
    public static LimitHeaders read(UnaryOperator<@Nullable String> header, Instant now) {
        Optional<Reading> requests = reading(header, "requests", now);
        Optional<Reading> tokens = reading(header, "tokens", now);
        Optional<Duration> retryAfter = retryAfter(header, now);
        return requests.isEmpty() && tokens.isEmpty() && retryAfter.isEmpty()
                ? NONE
                : new LimitHeaders(requests, tokens, retryAfter);
    }

    private static Optional<Reading> reading(UnaryOperator<@Nullable String> header, String kind, Instant now) {
        OptionalLong limit = amount(header.apply("x-ratelimit-limit-" + kind));
        OptionalLong remaining = amount(header.apply("x-ratelimit-remaining-" + kind));
        if (limit.isEmpty() || remaining.isEmpty() || limit.getAsLong() == 0) {
            return Optional.empty();
        }
        return Optional.of(new Reading(
                limit.getAsLong(),
                Math.min(remaining.getAsLong(), limit.getAsLong()),
                ServerTime.read(header.apply("x-ratelimit-reset-" + kind), now)));
    }

    private static Optional<Duration> retryAfter(UnaryOperator<@Nullable String> header, Instant now) {
        return ServerTime.number(header.apply("retry-after-ms"), NANOS_PER_MILLI)
                .or(() -> ServerTime.read(header.apply("retry-after"), now));
    }

    private static OptionalLong amount(@Nullable String text) {
        String digits = text == null ? "" : text.strip();
        boolean whole = !digits.isEmpty()
                && digits.length() <= LONGEST_AMOUNT
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return whole ? OptionalLong.of(Long.parseLong(digits)) : OptionalLong.empty();
    }
}
