package dev.gateway4j.api.config;

import java.util.List;

/** The part of the table of settings that is about the cache. */
final class CacheKeys {
    private CacheKeys() {}

    static Key section() {
        return Key.section(
                "cache",
                Key.value("enabled", Kind.BOOLEAN, "if anything is set here", "Whether answers are cached."),
                Key.choice(
                        "apply",
                        List.of("every_call", "when_asked"),
                        "every_call",
                        "Which calls are; when_asked are those that say something about the cache."),
                Key.value("ttl", Kind.DURATION, "1h", "How long an answer is fresh."),
                Key.value("max_bytes", Kind.BYTES, "64MB", "How much the cache holds in memory."),
                Key.value("max_entry_bytes", Kind.BYTES, "4MB", "The largest answer it keeps."),
                Key.choice(
                        "partition",
                        List.of("tenant", "tenant_required", "user", "shared_by_all_tenants"),
                        "tenant",
                        "Who shares answers; tenant_required caches nothing for calls that name no tenant."),
                Key.list(
                        "shared_namespaces",
                        Key.value("[]", Kind.TEXT, "", "A namespace that all tenants share, whatever partition says.")),
                Key.choice(
                        "sampling",
                        List.of("zero", "zero_or_unset", "any"),
                        "zero_or_unset",
                        "Which temperatures are cached; any also caches requests for several answers."),
                Key.choice(
                        "truncated",
                        List.of("skip", "keep"),
                        "skip",
                        "Whether answers are kept that were cut by their length."),
                Key.value(
                        "stale_while_revalidate",
                        Kind.DURATION,
                        "0s",
                        "How long after its time an answer is given while a new one is fetched."),
                Key.value(
                        "stale_while_error",
                        Kind.DURATION,
                        "0s",
                        "How long after its time an answer is given where a new one cannot be had."),
                Key.choice("replay", List.of("instant", "paced"), "instant", "How a cached stream is delivered."),
                Key.value(
                        "max_waiters",
                        Kind.SMALL_COUNT,
                        "10000",
                        "How many calls share one that is under way; the next asks for itself."),
                Key.list(
                        "ignored_members",
                        Key.value("[]", Kind.TEXT, "", "A member of the request that does not shape the answer.")),
                Key.list("rules", rule()),
                semantic());
    }

    private static Key rule() {
        return Key.section(
                "[]",
                Key.value(
                        "endpoint",
                        Kind.TEXT,
                        "every endpoint",
                        "The endpoint it is about; the first rule that fits counts."),
                Key.value("model", Kind.TEXT, "every model", "The models it is about; * stands for anything."),
                Key.value("upstream", Kind.TEXT, "every upstream", "The upstream it is about."),
                Key.value("cached", Kind.BOOLEAN, "true", "Whether answers are cached."),
                Key.value("ttl", Kind.DURATION, "that of all", "How long they are fresh."),
                Key.value("threshold", Kind.DECIMAL, "that of all", "How similar a question has to be."));
    }

    private static Key semantic() {
        return Key.section(
                "semantic",
                Key.value(
                        "enabled",
                        Kind.BOOLEAN,
                        "if anything is set here",
                        "Whether answers to similar questions are used."),
                Key.choice(
                        "mode",
                        List.of("serve", "shadow"),
                        "serve",
                        "Whether they are given; shadow only measures how right they would be."),
                Key.value(
                        "threshold",
                        Kind.DECIMAL,
                        "0.95",
                        "How similar a question has to be, as a cosine above 0 and up to 1."),
                Key.choice(
                        "embedder",
                        List.of("gateway", "own"),
                        "gateway",
                        "Who makes vectors: an embeddings call through this gateway, or the application's own."),
                Key.value("model", Kind.TEXT, "text-embedding-3-small", "The embeddings model, for gateway."),
                Key.value("key", Kind.WORD, "any that fits", "The name of the key for embeddings, for gateway."),
                Key.value("timeout", Kind.DURATION, "2s", "How long a call waits for its vector."),
                Key.value("max_turns", Kind.SMALL_COUNT, "20", "How many messages a question may have."),
                Key.value("max_characters", Kind.SMALL_COUNT, "8000", "How long the last text of the user may be."),
                Key.value(
                        "sample",
                        Kind.SHARE,
                        "0%",
                        "The share of hits that are compared with what upstream answers; in shadow 100% unless set."));
    }
}
