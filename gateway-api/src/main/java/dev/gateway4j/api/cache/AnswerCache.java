package dev.gateway4j.api.cache;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The cache of one gateway, for people, tests and metrics. Thread-safe. */
public interface AnswerCache {
    /** What a gateway without a cache has. */
    AnswerCache NONE = new NoCache();

    /** How it stands. */
    CacheStats stats();

    /** The key of a question, or empty if the cache has nothing to do with calls like it. */
    Optional<CacheKey> keyOf(CacheQuestion question);

    /**
     * In what two questions differ that have different keys: empty if they share an answer. Differences that do not count, such as the order
     * of members or whether a stream is wanted, are not listed.
     */
    List<CacheDifference> explain(CacheQuestion one, CacheQuestion other);

    /** Forgets one answer. */
    void invalidate(CacheKey key);

    /** Forgets what a tenant was answered. */
    void invalidateTenant(String tenant);

    /** Forgets what a model answered, by the name asked for or the one in the answer. */
    void invalidateModel(String model);

    /**
     * Forgets every answer of which this is true. In a second level only what it can enumerate is forgotten.
     *
     * @return how many answers of this process were forgotten
     */
    long invalidateIf(Predicate<CacheEntryInfo> condition);

    /** Forgets everything. */
    void invalidateAll();
}
