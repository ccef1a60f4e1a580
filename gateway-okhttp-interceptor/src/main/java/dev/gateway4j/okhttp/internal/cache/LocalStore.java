package dev.gateway4j.okhttp.internal.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.cache.CacheEntryInfo;
import dev.gateway4j.api.cache.CacheKey;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The answers in memory, bounded by the bytes they take. The one place that knows Caffeine. Thread-safe. */
final class LocalStore {
    private final Cache<CacheKey, Kept> entries;
    private final Consumer<CacheKey> gone;
    private final LongAdder evicted = new LongAdder();

    /**
     * @param gone hears of every answer that is no longer there, on whichever thread finds out; it must not use the store
     */
    LocalStore(long maxBytes, TimeSource time, Consumer<CacheKey> gone) {
        this.gone = gone;
        this.entries = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher((CacheKey key, Kept kept) -> (int) Math.min(Integer.MAX_VALUE, kept.bytes()))
                .expireAfter(new KeptUntil())
                .ticker(time::nanos)
                // On the threads of calls: no pool of somebody else's does our work, and tests need not wait for one.
                .executor(Runnable::run)
                .removalListener(this::removed)
                .build();
    }

    private void removed(@Nullable CacheKey key, @Nullable Kept kept, RemovalCause cause) {
        if (cause == RemovalCause.SIZE) {
            evicted.increment();
        }
        if (key != null && cause != RemovalCause.REPLACED) {
            gone.accept(key);
        }
    }

    @Nullable
    Kept find(CacheKey key) {
        return entries.getIfPresent(key);
    }

    void put(Kept kept) {
        entries.put(kept.info().key(), kept);
    }

    /** Takes the place of an entry that is the same but for its forms, unless that one is no longer there. */
    void replace(Kept before, Kept after) {
        boolean unusedWasThere = entries.asMap().replace(before.info().key(), before, after);
    }

    /** Forgets one, if it is this very one. */
    void forget(Kept kept) {
        boolean unusedWasThere = entries.asMap().remove(kept.info().key(), kept);
    }

    void forget(CacheKey key) {
        entries.invalidate(key);
    }

    /** Forgets every answer of which this is true, and says how many. */
    long forgetIf(Predicate<CacheEntryInfo> condition) {
        long count = 0;
        for (Kept kept : entries.asMap().values()) {
            if (condition.test(kept.info())
                    && entries.asMap().remove(kept.info().key()) != null) {
                count++;
            }
        }
        return count;
    }

    void forgetAll() {
        entries.invalidateAll();
    }

    /** Counted one by one: what is over is swept away about once a second, and does not count before that either. */
    long size() {
        entries.cleanUp();
        long count = 0;
        for (Kept unusedKept : entries.asMap().values()) {
            count++;
        }
        return count;
    }

    long bytes() {
        return entries.policy()
                .eviction()
                .map(policy -> policy.weightedSize().orElse(0))
                .orElse(0L);
    }

    long evicted() {
        return evicted.sum();
    }

    /** Entries last as long as they say, whether they are read or not. */
    private static final class KeptUntil implements Expiry<CacheKey, Kept> {
        @Override
        public long expireAfterCreate(CacheKey key, Kept kept, long nanos) {
            return Math.max(0, kept.times().keptNanos() - nanos);
        }

        @Override
        public long expireAfterUpdate(CacheKey key, Kept kept, long nanos, long left) {
            return Math.max(0, kept.times().keptNanos() - nanos);
        }

        @Override
        public long expireAfterRead(CacheKey key, Kept kept, long nanos, long left) {
            return left;
        }
    }
}
