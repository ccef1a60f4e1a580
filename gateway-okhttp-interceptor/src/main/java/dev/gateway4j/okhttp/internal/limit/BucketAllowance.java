package dev.gateway4j.okhttp.internal.limit;

import dev.gateway4j.api.TimeSource;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.BucketState;
import io.github.bucket4j.MathType;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * A bucket in memory. What it counts with is Bucket4j's; the loop around it is ours, because Bucket4j's own bucket reads the clock at every
 * touch, cannot tell a reservation given back from a gift, and takes five objects where two do.
 */
final class BucketAllowance implements Allowance {
    private static final AtomicReferenceFieldUpdater<BucketAllowance, Level> LEVEL =
            AtomicReferenceFieldUpdater.newUpdater(BucketAllowance.class, Level.class, "level");

    private final Bucket bucket;
    private volatile Level level;

    /** What all buckets of one limit have in common. */
    record Bucket(BucketConfiguration configuration, boolean alone, TimeSource time) {
        long capacity() {
            return configuration.getBandwidths()[0].getCapacity();
        }
    }

    /** One moment of the bucket; never changed once it can be seen. */
    private static final class Level {
        final BucketState tokens;
        final long takings;
        /** The last taking that found the bucket full: what was taken before it has come in again and cannot come back. */
        final long fullAt;

        final long[] peaks;

        Level(BucketState tokens, long takings, long fullAt, long[] peaks) {
            this.tokens = tokens;
            this.takings = takings;
            this.fullAt = fullAt;
            this.peaks = peaks;
        }

        BucketState at(long nowNanos) {
            BucketState copy = tokens.copy();
            copy.refillAllBandwidth(nowNanos);
            return copy;
        }
    }

    BucketAllowance(Bucket bucket) {
        this.bucket = bucket;
        this.level = new Level(
                BucketState.createInitialState(
                        bucket.configuration(),
                        MathType.INTEGER_64_BITS,
                        bucket.time().nanos()),
                0,
                0,
                Peaks.NONE);
    }

    @Override
    public long take(long amount, long nowNanos) {
        while (true) {
            Level before = level;
            BucketState tokens = before.at(nowNanos);
            long there = tokens.getAvailableTokens();
            if (there < needed(amount)) {
                return REFUSED;
            }
            if (consume(before, tokens, amount)) {
                return before.takings + 1;
            }
        }
    }

    @Override
    public boolean tryTake(long amount) {
        return take(amount, bucket.time().nanos()) != REFUSED;
    }

    @Override
    public void giveBack(long amount, long ticket) {
        long now = bucket.time().nanos();
        while (true) {
            Level before = level;
            BucketState tokens = before.at(now);
            long lacking = ticket < before.fullAt ? 0 : Peaks.missingSince(before.peaks, ticket);
            long back = Math.min(amount, lacking);
            if (back == 0) {
                return;
            }
            long[] peaks = Peaks.without(before.peaks, ticket, back);
            tokens.addTokens(back);
            if (LEVEL.compareAndSet(this, before, new Level(tokens, before.takings, before.fullAt, peaks))) {
                return;
            }
        }
    }

    @Override
    public void giveBack(long amount) {
        giveBack(amount, Long.MAX_VALUE);
    }

    @Override
    public void overdraw(long amount) {
        long now = bucket.time().nanos();
        while (true) {
            Level before = level;
            BucketState tokens = before.at(now);
            if (consume(before, tokens, amount)) {
                return;
            }
        }
    }

    /** What is surely missing: of what has begun to come in, nobody may take a part, but it is there. */
    private long missing(BucketState tokens) {
        long begun = tokens.getRoundingError(0) > 0 ? 1 : 0;
        return capacity() - tokens.getAvailableTokens() - begun;
    }

    private boolean consume(Level before, BucketState tokens, long amount) {
        long missing = missing(tokens);
        long ticket = before.takings + 1;
        tokens.consume(amount);
        Level after = missing == 0
                ? new Level(tokens, ticket, ticket, Peaks.NONE)
                : new Level(tokens, ticket, before.fullAt, Peaks.taken(before.peaks, ticket, missing));
        return LEVEL.compareAndSet(this, before, after);
    }

    @Override
    public long nanosUntil(long amount) {
        return nanosUntil(0, amount);
    }

    @Override
    public long nanosUntil(long ahead, long amount) {
        long needed = needed(amount);
        if (needed > capacity()) {
            return NEVER;
        }
        long now = bucket.time().nanos();
        return Refill.nanosUntil(level.at(now), ahead + needed);
    }

    /** Nothing may be taken while nothing is there, not even nothing: what comes of it later would only be debt. */
    private long needed(long amount) {
        long least = Math.max(1, amount);
        return bucket.alone() ? Math.min(least, capacity()) : least;
    }

    @Override
    public long capacity() {
        return bucket.capacity();
    }

    @Override
    public long remaining() {
        return level.at(bucket.time().nanos()).getAvailableTokens();
    }
}
