package dev.gateway4j.okhttp.internal.cache.key;

import dev.gateway4j.api.config.CacheConfig;
import dev.gateway4j.api.config.CacheConfig.Apply;
import dev.gateway4j.api.config.CacheConfig.Partition;
import dev.gateway4j.api.config.CacheConfig.Sampling;
import dev.gateway4j.api.config.CacheRule;
import dev.gateway4j.api.config.SemanticConfig;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Settings of a cache with one thing changed. */
final class Caches {
    private static final CacheConfig USUAL = CacheConfig.defaults();

    private Caches() {}

    static CacheConfig usual() {
        return USUAL;
    }

    static CacheConfig apply(Apply apply) {
        return with(apply, Partition.TENANT, Set.of(), Sampling.ZERO_OR_UNSET, Set.of(), List.of(), Optional.empty());
    }

    static CacheConfig partition(Partition partition, String... shared) {
        return with(
                Apply.EVERY_CALL,
                partition,
                Set.of(shared),
                Sampling.ZERO_OR_UNSET,
                Set.of(),
                List.of(),
                Optional.empty());
    }

    static CacheConfig sampling(Sampling sampling) {
        return with(Apply.EVERY_CALL, Partition.TENANT, Set.of(), sampling, Set.of(), List.of(), Optional.empty());
    }

    static CacheConfig ignoring(String... members) {
        return with(
                Apply.EVERY_CALL,
                Partition.TENANT,
                Set.of(),
                Sampling.ZERO_OR_UNSET,
                Set.of(members),
                List.of(),
                Optional.empty());
    }

    static CacheConfig semantic(SemanticConfig semantic, CacheRule... rules) {
        return with(
                Apply.EVERY_CALL,
                Partition.TENANT,
                Set.of(),
                Sampling.ZERO_OR_UNSET,
                Set.of(),
                List.of(rules),
                Optional.of(semantic));
    }

    static CacheConfig rules(CacheRule... rules) {
        return with(
                Apply.EVERY_CALL,
                Partition.TENANT,
                Set.of(),
                Sampling.ZERO_OR_UNSET,
                Set.of(),
                List.of(rules),
                Optional.empty());
    }

    private static CacheConfig with(
            Apply apply,
            Partition partition,
            Set<String> shared,
            Sampling sampling,
            Set<String> ignored,
            List<CacheRule> rules,
            Optional<SemanticConfig> semantic) {
        return new CacheConfig(
                true,
                apply,
                USUAL.ttl(),
                USUAL.maxBytes(),
                USUAL.maxEntryBytes(),
                partition,
                shared,
                sampling,
                USUAL.truncated(),
                USUAL.staleWhileRevalidate(),
                USUAL.staleWhileError(),
                USUAL.replay(),
                USUAL.maxWaiters(),
                ignored,
                rules,
                semantic);
    }
}
