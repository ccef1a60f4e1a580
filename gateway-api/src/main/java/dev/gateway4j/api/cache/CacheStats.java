package dev.gateway4j.api.cache;

import dev.gateway4j.api.call.Savings;
import java.math.BigDecimal;
import java.util.Map;

/**
 * The figures of a cache since the gateway was made.
 *
 * @param entries how many answers it holds now
 * @param bytes how many bytes they take, about
 * @param outcomes how many calls ended with each status
 * @param notKept why answers were not kept, and how often
 * @param evicted how many answers had to make room
 * @param unreadable how many answers of the second level could not be read
 * @param storeFailures how often the second level failed
 * @param savings what was not spent
 * @param semantic how similar questions were dealt with
 */
public record CacheStats(
        long entries,
        long bytes,
        Map<CacheStatus, Long> outcomes,
        Map<String, Long> notKept,
        long evicted,
        long unreadable,
        long storeFailures,
        Savings savings,
        SemanticStats semantic) {
    /** Nothing happened. */
    public static final CacheStats NONE =
            new CacheStats(0, 0, Map.of(), Map.of(), 0, 0, 0, Savings.NONE, SemanticStats.NONE);

    /** Copies the maps. */
    public CacheStats {
        outcomes = Map.copyOf(outcomes);
        notKept = Map.copyOf(notKept);
    }

    /** How many calls ended like that. */
    public long count(CacheStatus status) {
        return outcomes.getOrDefault(status, 0L);
    }

    /** What was saved, less what embedding has cost. */
    public BigDecimal netUsd() {
        return savings.usd().subtract(semantic.embeddingUsd());
    }
}
