package dev.gateway4j.okhttp.internal.keys;

import dev.gateway4j.api.openai.LimitHeaders;
import dev.gateway4j.api.openai.LimitHeaders.Reading;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What an upstream said is left of one quota for one model. The last word counts; words that cross on their way are rare and soon replaced.
 * Thread-safe.
 */
final class ModelQuota {
    private static final long WINDOW_NANOS = Duration.ofMinutes(1).toNanos();

    private final AtomicLong requestsUntil;
    private final AtomicLong tokensUntil;
    private volatile @Nullable Left requests;
    private volatile @Nullable Left tokens;

    /** What runs out. */
    enum Kind {
        /** Calls. */
        REQUESTS,
        /** Tokens. */
        TOKENS
    }

    ModelQuota(long now) {
        this.requestsUntil = new AtomicLong(now);
        this.tokensUntil = new AtomicLong(now);
    }

    void answered(LimitHeaders said, long now) {
        requests = said.requests().map(reading -> Left.of(reading, now)).orElse(requests);
        tokens = said.tokens().map(reading -> Left.of(reading, now)).orElse(tokens);
    }

    /** A later time stays: two calls may have been told of two waits. */
    void cool(Kind kind, long untilNanos) {
        AtomicLong until = kind == Kind.REQUESTS ? requestsUntil : tokensUntil;
        until.accumulateAndGet(untilNanos, ModelQuota::later);
    }

    /** True if a call has to wait; one that uses no tokens does not wait for them. */
    boolean isCooling(boolean usesTokens, long now) {
        return freeAt(usesTokens) - now > 0;
    }

    /** When a call no longer has to wait. */
    long freeAt(boolean usesTokens) {
        return usesTokens ? later(requestsUntil.get(), tokensUntil.get()) : requestsUntil.get();
    }

    /** The kind a call waits for. */
    Kind coolingKind(long now) {
        return requestsUntil.get() - now > 0 ? Kind.REQUESTS : Kind.TOKENS;
    }

    /** How much is left, from 0 to 1, of what is nearer to its end. */
    double remaining(long now) {
        return Math.min(fraction(requests, now), fraction(tokens, now));
    }

    /** True if an answer has said how much is left. */
    boolean isKnown() {
        return requests != null || tokens != null;
    }

    private static double fraction(@Nullable Left left, long now) {
        return left == null ? 1 : left.fraction(now);
    }

    private static long later(long one, long other) {
        return one - other >= 0 ? one : other;
    }

    /** What was left at some time, and how long it takes until all is there again. */
    private record Left(double fraction, long atNanos, long fullAfterNanos) {
        static Left of(Reading reading, long now) {
            double fraction = reading.limit() <= 0 ? 0 : (double) reading.remaining() / reading.limit();
            Optional<Long> reset = reading.reset().map(Duration::toNanos);
            return new Left(fraction, now, reset.orElse((long) ((1 - fraction) * WINDOW_NANOS)));
        }

        double fraction(long now) {
            long passed = now - atNanos;
            if (passed >= fullAfterNanos) {
                return 1;
            }
            return fraction + (1 - fraction) * Math.max(passed, 0) / fullAfterNanos;
        }
    }
}
