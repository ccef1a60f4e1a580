package dev.gateway4j.okhttp.internal.limit;

import dev.gateway4j.api.openai.LimitHeaders;
import dev.gateway4j.api.openai.LimitHeaders.Reading;
import java.time.Duration;
import java.util.Optional;

/** An upstream's own limiter: two buckets that refill without a pause, and what its answers say of them. */
final class UpstreamBuckets {
    private static final double SLACK = 1e-6;

    private final long windowNanos;
    private long requestLimit;
    private long tokenLimit;
    private double requestsUsed;
    private double tokensUsed;
    private long atNanos;

    UpstreamBuckets(long requestLimit, long tokenLimit, Duration window) {
        this.requestLimit = requestLimit;
        this.tokenLimit = tokenLimit;
        this.windowNanos = window.toNanos();
    }

    record Answer(int status, LimitHeaders headers) {}

    Answer arrive(long now, long tokens) {
        double share = (double) (now - atNanos) / windowNanos;
        requestsUsed = Math.max(0, requestsUsed - share * requestLimit);
        tokensUsed = Math.max(0, tokensUsed - share * tokenLimit);
        atNanos = now;
        double over = Math.max(
                (requestsUsed + 1 - requestLimit) / requestLimit, (tokensUsed + tokens - tokenLimit) / tokenLimit);
        if (over > SLACK) {
            return new Answer(429, headers(Optional.of(Duration.ofMillis((long) (over * windowNanos / 1e6) + 1))));
        }
        requestsUsed += 1;
        tokensUsed += tokens;
        return new Answer(200, headers(Optional.empty()));
    }

    void limits(long requests, long tokens) {
        requestLimit = requests;
        tokenLimit = tokens;
    }

    private LimitHeaders headers(Optional<Duration> retryAfter) {
        return new LimitHeaders(
                Optional.of(reading(requestLimit, requestsUsed)),
                Optional.of(reading(tokenLimit, tokensUsed)),
                retryAfter);
    }

    private Reading reading(long limit, double used) {
        long whole = (long) Math.ceil(Math.max(0, used) - SLACK);
        long resetMillis = (long) ((double) whole / limit * windowNanos / 1e6);
        return new Reading(limit, Math.max(0, limit - whole), Optional.of(Duration.ofMillis(resetMillis)));
    }
}
