package dev.gateway4j.api.cache;

import dev.gateway4j.api.call.Usage;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known about a cached answer without looking into it. Holds neither question nor answer. Immutable.
 *
 * @param key its name
 * @param environment the environment it was asked in
 * @param tenant whose it is; empty if the call named none, or if it is shared
 * @param user whose it is, where each user has his own
 * @param namespace the part of the tenant's cache it is in
 * @param endpoint such as {@code /v1/chat/completions}
 * @param modelAsked the model the application asked for
 * @param modelServed the model that answered, as the answer names it
 * @param storedAt when it was kept
 * @param freshUntil until when it is given without asking upstream
 * @param keptUntil until when it may be given at all
 * @param bytes how many bytes the answer has
 * @param usage what it used; empty if it did not say
 * @param callId the id of the call that asked for it
 */
public record CacheEntryInfo(
        CacheKey key,
        String environment,
        Optional<String> tenant,
        Optional<String> user,
        Optional<String> namespace,
        String endpoint,
        Optional<String> modelAsked,
        Optional<String> modelServed,
        Instant storedAt,
        Instant freshUntil,
        Instant keptUntil,
        long bytes,
        Optional<Usage> usage,
        String callId) {}
