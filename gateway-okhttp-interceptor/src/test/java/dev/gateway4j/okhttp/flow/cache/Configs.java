package dev.gateway4j.okhttp.flow.cache;

import dev.gateway4j.api.config.CacheConfig;
import dev.gateway4j.api.config.CacheConfig.Partition;
import dev.gateway4j.api.config.CacheRule;
import dev.gateway4j.api.config.SemanticConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The defaults but for what a test says. */
final class Configs {
    static CacheConfig bytes(long maxBytes) {
        CacheConfig usual = CacheConfig.defaults();
        return with(usual, maxBytes, usual.maxEntryBytes(), Duration.ZERO, Duration.ZERO, usual.rules());
    }

    static CacheConfig entryBytes(long maxEntryBytes) {
        CacheConfig usual = CacheConfig.defaults();
        return with(usual, usual.maxBytes(), maxEntryBytes, Duration.ZERO, Duration.ZERO, usual.rules());
    }

    static CacheConfig stale(Duration whileRevalidate, Duration whileError) {
        CacheConfig usual = CacheConfig.defaults();
        return with(usual, usual.maxBytes(), usual.maxEntryBytes(), whileRevalidate, whileError, usual.rules());
    }

    static CacheConfig rules(CacheRule... rules) {
        CacheConfig usual = CacheConfig.defaults();
        return with(usual, usual.maxBytes(), usual.maxEntryBytes(), Duration.ZERO, Duration.ZERO, List.of(rules));
    }

    private static CacheConfig with(
            CacheConfig usual,
            long maxBytes,
            long maxEntryBytes,
            Duration revalidate,
            Duration error,
            List<CacheRule> rules) {
        return new CacheConfig(
                true,
                usual.apply(),
                usual.ttl(),
                maxBytes,
                maxEntryBytes,
                usual.partition(),
                usual.sharedNamespaces(),
                usual.sampling(),
                usual.truncated(),
                revalidate,
                error,
                usual.replay(),
                usual.maxWaiters(),
                usual.ignoredMembers(),
                rules,
                usual.semantic());
    }

    static CacheConfig partition(Partition partition, String... sharedNamespaces) {
        CacheConfig usual = CacheConfig.defaults();
        return new CacheConfig(
                true,
                usual.apply(),
                usual.ttl(),
                usual.maxBytes(),
                usual.maxEntryBytes(),
                partition,
                Set.of(sharedNamespaces),
                usual.sampling(),
                usual.truncated(),
                usual.staleWhileRevalidate(),
                usual.staleWhileError(),
                usual.replay(),
                usual.maxWaiters(),
                usual.ignoredMembers(),
                usual.rules(),
                usual.semantic());
    }

    static CacheConfig anySampling() {
        CacheConfig usual = CacheConfig.defaults();
        return new CacheConfig(
                true,
                usual.apply(),
                usual.ttl(),
                usual.maxBytes(),
                usual.maxEntryBytes(),
                usual.partition(),
                usual.sharedNamespaces(),
                CacheConfig.Sampling.ANY,
                usual.truncated(),
                usual.staleWhileRevalidate(),
                usual.staleWhileError(),
                usual.replay(),
                usual.maxWaiters(),
                usual.ignoredMembers(),
                usual.rules(),
                usual.semantic());
    }

    static CacheConfig semantic(SemanticConfig semantic) {
        CacheConfig usual = CacheConfig.defaults();
        return new CacheConfig(
                true,
                usual.apply(),
                usual.ttl(),
                usual.maxBytes(),
                usual.maxEntryBytes(),
                usual.partition(),
                usual.sharedNamespaces(),
                usual.sampling(),
                usual.truncated(),
                usual.staleWhileRevalidate(),
                usual.staleWhileError(),
                usual.replay(),
                usual.maxWaiters(),
                usual.ignoredMembers(),
                usual.rules(),
                Optional.of(semantic));
    }

    private Configs() {}
}
