package dev.gateway4j.simulator.internal.http;

import dev.gateway4j.api.WireHeaders;
import java.math.BigDecimal;

/**
 * Rate limit headers with honest arithmetic: each request finds a full bucket, is charged what OpenAI's limiter would charge it, and tells
 * when the bucket will be full again.
 */
final class Quota {
    private static final long REQUESTS = 10_000;
    private static final long TOKENS = 30_000_000;
    private static final long WINDOW_MILLIS = 60_000;

    private Quota() {}

    static void add(WireHeaders.Builder headers, long tokens) {
        long charged = Math.min(TOKENS, tokens);
        headers.add("x-ratelimit-limit-requests", Long.toString(REQUESTS))
                .add("x-ratelimit-limit-tokens", Long.toString(TOKENS))
                .add("x-ratelimit-remaining-requests", Long.toString(REQUESTS - 1))
                .add("x-ratelimit-remaining-tokens", Long.toString(TOKENS - charged))
                .add("x-ratelimit-reset-requests", duration(WINDOW_MILLIS / REQUESTS))
                .add("x-ratelimit-reset-tokens", duration(charged * WINDOW_MILLIS / TOKENS));
    }

    /** What the limiter takes a prompt for: a quarter of its characters, a little per message, a lot per picture. */
    static long charge(long characters, int messages, long images) {
        return (characters + 3) / 4 + messages + 1 + images * 765;
    }

    /** A duration as Go prints it: {@code 0s}, {@code 17ms}, {@code 6.596s}, {@code 1m4.8s}. */
    static String duration(long millis) {
        if (millis == 0) {
            return "0s";
        }
        if (millis < 1000) {
            return millis + "ms";
        }
        long minutes = millis / 60_000;
        String seconds =
                BigDecimal.valueOf(millis % 60_000, 3).stripTrailingZeros().toPlainString() + "s";
        return minutes == 0 ? seconds : minutes + "m" + seconds;
    }
}
