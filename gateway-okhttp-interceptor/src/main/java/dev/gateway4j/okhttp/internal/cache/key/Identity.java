package dev.gateway4j.okhttp.internal.cache.key;

import dev.gateway4j.api.cache.CacheKey;
import dev.gateway4j.api.cache.CachePolicy;
import dev.gateway4j.api.openai.CanonicalDocument;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Who a question is.
 *
 * @param key its name: everything that shapes the answer, in its partition
 * @param tenant whose partition it is; empty for the one of those who name none, and for what is shared
 * @param user whose partition it is, where each user has his own
 * @param namespace the part of the partition
 * @param policy what the call asks of the cache
 * @param ttl how long its answer is fresh
 * @param threshold how similar a question has to be; empty where similar questions do not count
 * @param body the request in one spelling
 */
public record Identity(
        CacheKey key,
        Optional<String> tenant,
        Optional<String> user,
        Optional<String> namespace,
        CachePolicy policy,
        Duration ttl,
        OptionalDouble threshold,
        CanonicalDocument body) {}
