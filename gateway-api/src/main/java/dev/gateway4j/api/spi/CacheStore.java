package dev.gateway4j.api.spi;

import dev.gateway4j.api.cache.CacheEntryInfo;
import dev.gateway4j.api.cache.CacheKey;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A second level behind the cache in memory, which several processes may share. It keeps bytes and knows nothing about them; what it gives
 * back is checked, and bytes that were damaged or written by another version count as missing. Called on the threads of calls: give it short
 * timeouts. Whatever it throws counts as a miss. Thread-safe.
 */
public interface CacheStore extends AutoCloseable {
    /** What was put under this key; empty if nothing is there. */
    Optional<byte[]> get(CacheKey key);

    /**
     * Keeps something, in place of what was there, at most until {@link CacheEntryInfo#keptUntil()}.
     *
     * @param info what is known about it
     * @param entry the bytes, not to be modified
     */
    void put(CacheEntryInfo info, byte[] entry);

    /** Forgets one entry, if it is there. */
    void invalidate(CacheKey key);

    /**
     * Forgets every entry of which this is true.
     *
     * @throws UnsupportedOperationException if it cannot say what it holds
     */
    void invalidateIf(Predicate<CacheEntryInfo> condition);

    /** Frees what the store holds. The gateway closes the store it was given. Idempotent. */
    @Override
    default void close() {}
}
