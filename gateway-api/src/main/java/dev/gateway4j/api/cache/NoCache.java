package dev.gateway4j.api.cache;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Nothing is cached. */
final class NoCache implements AnswerCache {
    @Override
    public CacheStats stats() {
        return CacheStats.NONE;
    }

    @Override
    public Optional<CacheKey> keyOf(CacheQuestion question) {
        return Optional.empty();
    }

    @Override
    public List<CacheDifference> explain(CacheQuestion one, CacheQuestion other) {
        return List.of();
    }

    @Override
    public void invalidate(CacheKey key) {}

    @Override
    public void invalidateTenant(String tenant) {}

    @Override
    public void invalidateModel(String model) {}

    @Override
    public long invalidateIf(Predicate<CacheEntryInfo> condition) {
        return 0;
    }

    @Override
    public void invalidateAll() {}
}
