package dev.gateway4j.simulator.internal.http;

import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.simulator.internal.timing.GoDuration;
import java.util.Optional;

/**
 * Rate limit headers. Without limits they depend on the request alone: each finds a full bucket, is charged what OpenAI's limiter would
 * charge it, and tells when the bucket will be full again.
 */
public final class Quota {
    private static final long REQUESTS = 10_000;
    private static final long TOKENS = 30_000_000;
    private static final long WINDOW_MILLIS = 60_000;

    private Quota() {}

    /**
     * What is left of a limit.
     *
     * @param limit how much there is when nothing is used
     * @param remaining how much is left
     * @param resetMillis how long until nothing is used, cut to the millisecond
     */
    public record Level(long limit, long remaining, long resetMillis) {}

    /** Adds the limit headers of a request that found full buckets. */
    public static void add(WireHeaders.Builder headers, long tokens) {
        long charged = Math.min(TOKENS, tokens);
        add(
                headers,
                Optional.of(new Level(REQUESTS, REQUESTS - 1, WINDOW_MILLIS / REQUESTS)),
                Optional.of(new Level(TOKENS, TOKENS - charged, charged * WINDOW_MILLIS / TOKENS)));
    }

    /** Adds the limit headers. */
    public static void add(WireHeaders.Builder headers, Optional<Level> requests, Optional<Level> tokens) {
        requests.ifPresent(level -> headers.add("x-ratelimit-limit-requests", Long.toString(level.limit())));
        tokens.ifPresent(level -> headers.add("x-ratelimit-limit-tokens", Long.toString(level.limit())));
        requests.ifPresent(level -> headers.add("x-ratelimit-remaining-requests", Long.toString(level.remaining())));
        tokens.ifPresent(level -> headers.add("x-ratelimit-remaining-tokens", Long.toString(level.remaining())));
        requests.ifPresent(level -> headers.add("x-ratelimit-reset-requests", duration(level.resetMillis())));
        tokens.ifPresent(level -> headers.add("x-ratelimit-reset-tokens", duration(level.resetMillis())));
    }

    /** Adds what tells how long to wait: whole seconds, rounded up, and milliseconds. */
    public static void addRetry(WireHeaders.Builder headers, long millis) {
        headers.add("retry-after", Long.toString((millis + 999) / 1000)).add("retry-after-ms", Long.toString(millis));
    }

    /** The limit headers of endpoints whose limiter counts requests alone. */
    public static WireHeaders requestsOnly() {
        return WireHeaders.builder()
                .add("x-ratelimit-limit-requests", Long.toString(REQUESTS))
                .add("x-ratelimit-remaining-requests", Long.toString(REQUESTS - 1))
                .add("x-ratelimit-reset-requests", duration(WINDOW_MILLIS / REQUESTS))
                .build();
    }

    /** What the limiter takes a prompt for: a quarter of its characters, a little per message, a lot per picture. */
    public static long charge(long characters, int messages, long images) {
        return (characters + 3) / 4 + messages + 1 + images * 765;
    }

    /** A duration as Go prints it: {@code 0s}, {@code 17ms}, {@code 6.596s}, {@code 1m4.8s}. */
    public static String duration(long millis) {
        return GoDuration.text(millis);
    }
}
