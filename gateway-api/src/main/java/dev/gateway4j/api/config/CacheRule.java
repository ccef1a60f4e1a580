package dev.gateway4j.api.config;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What holds for some calls at the cache.
 *
 * @param endpoint the endpoint it is about, such as {@code /v1/embeddings}; empty for all
 * @param model the models it is about, in which {@code *} stands for anything
 * @param upstream the upstream it is about; empty for all
 * @param cached whether answers are cached at all
 * @param ttl how long they are fresh; empty for what holds for all
 * @param threshold how similar a question has to be; empty for what holds for all
 */
public record CacheRule(
        Optional<String> endpoint,
        String model,
        Optional<String> upstream,
        boolean cached,
        Optional<Duration> ttl,
        OptionalDouble threshold) {
    /** True if it is about this call. */
    public boolean matches(String calledEndpoint, Optional<String> calledModel, String calledUpstream) {
        return endpoint.map(calledEndpoint::equals).orElse(true)
                && Glob.matches(model, calledModel.orElse(""))
                && upstream.map(calledUpstream::equals).orElse(true);
    }
}
