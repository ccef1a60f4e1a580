package dev.gateway4j.okhttp.internal.limit;

import dev.gateway4j.api.limit.LimitRule;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.BucketState;
import java.math.BigInteger;
import java.time.Duration;

/** How buckets fill: continuously, in whole numbers, to the nanosecond. */
final class Refill {
    private Refill() {}

    /**
     * The whole amount as the largest burst, and as much again in every window. The speed is put in the smallest numbers, 1 in 6 ms instead of
     * 10 million a minute, because Bucket4j multiplies them with a time and goes on in floating point where the product does not fit.
     */
    static BucketConfiguration of(LimitRule rule) {
        long window = rule.window().toNanos();
        long amount = Math.min(rule.amount(), window);
        long common = BigInteger.valueOf(amount).gcd(BigInteger.valueOf(window)).longValueExact();
        return BucketConfiguration.builder()
                .addLimit(Bandwidth.builder()
                        .capacity(rule.amount())
                        .refillGreedy(amount / common, Duration.ofNanos(window / common))
                        .build())
                .build();
    }

    /**
     * How long until so much has come in, to the nanosecond; Bucket4j rounds down, and reckons in floating point where numbers are large.
     *
     * @param tokens the bucket as it is now
     */
    static long nanosUntil(BucketState tokens, long amount) {
        long missing = amount - tokens.getAvailableTokens();
        if (missing <= 0) {
            return 0;
        }
        Bandwidth refill = tokens.getConfiguration().getBandwidths()[0];
        long period = refill.getRefillPeriodNanos();
        long perPeriod = refill.getRefillTokens();
        if (missing <= Long.MAX_VALUE / period) {
            return 1 + (missing * period - tokens.getRoundingError(0) - 1) / perPeriod;
        }
        BigInteger parts = BigInteger.valueOf(missing).multiply(BigInteger.valueOf(period));
        BigInteger nanos = parts.divide(BigInteger.valueOf(perPeriod)).add(BigInteger.ONE);
        return nanos.bitLength() < Long.SIZE - 1 ? nanos.longValueExact() : Allowance.NEVER - 1;
    }
}
