package dev.gateway4j.api.config;

import dev.gateway4j.api.cache.CachePolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How answers are cached. Immutable and thread-safe.
 *
 * @param enabled whether anything is cached
 * @param apply which calls are
 * @param ttl how long an answer is fresh
 * @param maxBytes how much the cache holds in memory
 * @param maxEntryBytes the largest answer it keeps
 * @param partition who shares answers with whom
 * @param sharedNamespaces the namespaces that all tenants share
 * @param sampling which requests that ask for chance are cached
 * @param truncated what happens to answers that were cut by their length
 * @param staleWhileRevalidate how long after its time an answer is given while a new one is fetched
 * @param staleWhileError how long after its time an answer is given where a new one cannot be had
 * @param replay how a cached stream is delivered
 * @param maxWaiters how many calls wait for one that is under way at most; the next one asks for itself
 * @param ignoredMembers members of the request that do not shape the answer, such as {@code user}
 * @param rules what holds for some calls only; the first that fits
 * @param semantic how answers to similar questions are used; empty if they are not
 */
public record CacheConfig(
        boolean enabled,
        Apply apply,
        Duration ttl,
        long maxBytes,
        long maxEntryBytes,
        Partition partition,
        Set<String> sharedNamespaces,
        Sampling sampling,
        Truncated truncated,
        Duration staleWhileRevalidate,
        Duration staleWhileError,
        CachePolicy.Replay replay,
        int maxWaiters,
        Set<String> ignoredMembers,
        List<CacheRule> rules,
        Optional<SemanticConfig> semantic) {
    /** Which calls are cached. */
    public enum Apply {
        /** Every call that may be. Default. */
        EVERY_CALL,
        /** Those that say something about the cache. */
        WHEN_ASKED
    }

    /** Who shares answers with whom. */
    public enum Partition {
        /** Each tenant has his own, and calls that name none have one together. Default. */
        TENANT,
        /** Each tenant has his own; calls that name none are not cached. */
        TENANT_REQUIRED,
        /** Each user of each tenant has his own; calls that name no user are not cached. */
        USER,
        /** All share everything. */
        SHARED_BY_ALL_TENANTS
    }

    /** Which requests that ask for chance are cached. */
    public enum Sampling {
        /** None: only requests with one choice and a temperature of 0, or where it has no meaning. */
        ZERO,
        /** Requests with one choice that ask for no temperature above 0. Default. */
        ZERO_OR_UNSET,
        /** All: the first answer is given from then on. */
        ANY
    }

    /** What happens to answers that were cut by their length. */
    public enum Truncated {
        /** They are not kept. Default. */
        SKIP,
        /** They are kept as others. */
        KEEP
    }

    /** Copies the collections. */
    public CacheConfig {
        sharedNamespaces = Set.copyOf(sharedNamespaces);
        ignoredMembers = Set.copyOf(ignoredMembers);
        rules = List.copyOf(rules);
    }

    /** No cache. */
    public static CacheConfig off() {
        return with(false, Optional.empty());
    }

    /** A cache with the defaults. */
    public static CacheConfig defaults() {
        return with(true, Optional.empty());
    }

    private static CacheConfig with(boolean enabled, Optional<SemanticConfig> semantic) {
        return new CacheConfig(
                enabled,
                Apply.EVERY_CALL,
                Duration.ofHours(1),
                64 << 20,
                4 << 20,
                Partition.TENANT,
                Set.of(),
                Sampling.ZERO_OR_UNSET,
                Truncated.SKIP,
                Duration.ZERO,
                Duration.ZERO,
                CachePolicy.Replay.INSTANT,
                10_000,
                Set.of(),
                List.of(),
                semantic);
    }
}
