package dev.gateway4j.okhttp.flow.cache;

import dev.gateway4j.api.cache.CacheEntryInfo;
import dev.gateway4j.api.cache.CacheKey;
import dev.gateway4j.api.spi.CacheStore;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** A second level that anybody may look into. */
class Shelf implements CacheStore {
    final Map<CacheKey, byte[]> entries = new ConcurrentHashMap<>();
    final AtomicInteger reads = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    private final Map<CacheKey, CacheEntryInfo> infos = new ConcurrentHashMap<>();
    private final AtomicInteger puts = new AtomicInteger();

    @Override
    public Optional<byte[]> get(CacheKey key) {
        reads.incrementAndGet();
        return Optional.ofNullable(entries.get(key));
    }

    @Override
    public void put(CacheEntryInfo info, byte[] entry) {
        entries.put(info.key(), entry);
        infos.put(info.key(), info);
        puts.incrementAndGet();
    }

    @Override
    public void invalidate(CacheKey key) {
        entries.remove(key);
    }

    @Override
    public void invalidateIf(Predicate<CacheEntryInfo> condition) {
        infos.values().stream().filter(condition).forEach(info -> entries.remove(info.key()));
    }

    @Override
    public void close() {
        closed.incrementAndGet();
    }

    /** What is kept comes here after the call that brought it has ended. */
    void awaitPuts(int count) {
        House.await(() -> puts.get() >= count);
    }
}
