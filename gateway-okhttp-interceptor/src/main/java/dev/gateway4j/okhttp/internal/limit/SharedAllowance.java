package dev.gateway4j.okhttp.internal.limit;

import io.github.bucket4j.Bucket;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One bucket of a shared store, with one of this gateway's own for the time the store fails. A reservation goes back to where it was taken.
 * The store keeps no account of reservations, so one that comes back late is a gift up to the brim.
 */
final class SharedAllowance implements Allowance {
    private static final long FROM_STORE = 0;

    private final SharedStore store;
    private final String name;
    private final BucketAllowance.Bucket bucket;
    private final BucketAllowance own;

    SharedAllowance(SharedStore store, String name, BucketAllowance.Bucket bucket) {
        this.store = store;
        this.name = name;
        this.bucket = bucket;
        this.own = new BucketAllowance(bucket);
    }

    @Override
    public long take(long amount, long nowNanos) {
        return ask(shared -> takeShared(shared, amount) ? FROM_STORE : REFUSED, () -> own.take(amount, nowNanos));
    }

    private boolean takeShared(Bucket shared, long amount) {
        if (amount == 0) {
            return shared.getAvailableTokens() > 0;
        }
        if (amount <= capacity() || !bucket.alone()) {
            return shared.tryConsume(amount);
        }
        boolean full = shared.tryConsume(capacity());
        if (full) {
            long unusedPenalty = shared.consumeIgnoringRateLimits(amount - capacity());
        }
        return full;
    }

    @Override
    public boolean tryTake(long amount) {
        return take(amount, bucket.time().nanos()) != REFUSED;
    }

    @Override
    public void giveBack(long amount, long ticket) {
        if (ticket == FROM_STORE) {
            boolean unusedBack = ask(shared -> add(shared, amount), () -> false);
        } else {
            own.giveBack(amount, ticket);
        }
    }

    @Override
    public void giveBack(long amount) {
        giveBack(amount, FROM_STORE);
    }

    private static boolean add(Bucket shared, long amount) {
        shared.addTokens(amount);
        return true;
    }

    @Override
    public void overdraw(long amount) {
        long unusedPenalty = ask(shared -> shared.consumeIgnoringRateLimits(amount), () -> {
            own.overdraw(amount);
            return 0L;
        });
    }

    @Override
    public long nanosUntil(long amount) {
        long needed = Math.max(1, bucket.alone() ? Math.min(amount, capacity()) : amount);
        if (needed > capacity()) {
            return NEVER;
        }
        return ask(shared -> nanosUntil(shared, needed), () -> own.nanosUntil(needed));
    }

    private static long nanosUntil(Bucket shared, long needed) {
        long nanos = shared.estimateAbilityToConsume(needed).getNanosToWaitForRefill();
        return nanos == 0 || nanos == NEVER ? nanos : nanos + 1;
    }

    @Override
    public long capacity() {
        return bucket.capacity();
    }

    @Override
    public long remaining() {
        return ask(Bucket::getAvailableTokens, own::remaining);
    }

    private <T> T ask(Function<Bucket, T> question, Supplier<T> otherwise) {
        return store.ask(name, bucket, question, otherwise);
    }
}
