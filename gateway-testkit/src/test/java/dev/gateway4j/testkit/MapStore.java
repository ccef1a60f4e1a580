package dev.gateway4j.testkit;

import dev.gateway4j.api.cache.CacheEntryInfo;
import dev.gateway4j.api.cache.CacheKey;
import dev.gateway4j.api.spi.CacheStore;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** A second level in memory, as short as one can be. */
final class MapStore implements CacheStore {
    private final Map<CacheKey, Entry> entries = new ConcurrentHashMap<>();

    @SuppressWarnings("ArrayRecordComponent") // identity is enough: never compared
    private record Entry(CacheEntryInfo info, byte[] bytes) {}

    @Override
    public Optional<byte[]> get(CacheKey key) {
        return Optional.ofNullable(entries.get(key)).map(Entry::bytes);
    }

    @Override
    public void put(CacheEntryInfo info, byte[] entry) {
        entries.put(info.key(), new Entry(info, entry));
    }

    @Override
    public void invalidate(CacheKey key) {
        entries.remove(key);
    }

    @Override
    public void invalidateIf(Predicate<CacheEntryInfo> condition) {
        entries.values().removeIf(entry -> condition.test(entry.info()));
    }
}
