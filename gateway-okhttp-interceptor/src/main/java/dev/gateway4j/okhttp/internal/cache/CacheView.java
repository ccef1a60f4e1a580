package dev.gateway4j.okhttp.internal.cache;

import dev.gateway4j.api.cache.AnswerCache;
import dev.gateway4j.api.cache.CacheDifference;
import dev.gateway4j.api.cache.CacheEntryInfo;
import dev.gateway4j.api.cache.CacheKey;
import dev.gateway4j.api.cache.CacheQuestion;
import dev.gateway4j.api.cache.CacheStats;
import dev.gateway4j.okhttp.internal.cache.key.Reading;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What the application sees of a book. */
record CacheView(CacheBook book) implements AnswerCache {
    @Override
    public CacheStats stats() {
        SecondLevel second = book.second();
        return new CacheStats(
                book.local().size(),
                book.local().bytes(),
                book.figures().outcomes(),
                book.figures().notKept(),
                book.local().evicted(),
                second == null ? 0 : second.unreadable(),
                second == null ? 0 : second.failures(),
                book.figures().savings(),
                book.semanticStats());
    }

    @Override
    public Optional<CacheKey> keyOf(CacheQuestion question) {
        return book.identities().read(question) instanceof Reading.Cacheable cacheable
                ? Optional.of(cacheable.identity().key())
                : Optional.empty();
    }

    @Override
    public List<CacheDifference> explain(CacheQuestion one, CacheQuestion other) {
        return book.identities().explain(one, other);
    }

    @Override
    public void invalidate(CacheKey key) {
        book.forget(key);
    }

    @Override
    public void invalidateTenant(String tenant) {
        long unusedCount =
                invalidateIf(info -> info.tenant().filter(tenant::equals).isPresent());
    }

    @Override
    public void invalidateModel(String model) {
        long unusedCount =
                invalidateIf(info -> info.modelAsked().filter(model::equals).isPresent()
                        || info.modelServed().filter(model::equals).isPresent());
    }

    @Override
    public long invalidateIf(Predicate<CacheEntryInfo> condition) {
        return book.forgetIf(condition);
    }

    @Override
    public void invalidateAll() {
        long unusedCount = invalidateIf(info -> true);
    }

    @Override
    public String toString() {
        return "AnswerCache[" + book + "]";
    }
}
