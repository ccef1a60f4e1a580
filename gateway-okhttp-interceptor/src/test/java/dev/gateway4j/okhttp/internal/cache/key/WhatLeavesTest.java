package dev.gateway4j.okhttp.internal.cache.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.cache.CacheKey;
import dev.gateway4j.api.config.Upstream;
import dev.gateway4j.api.openai.Endpoint;
import dev.gateway4j.okhttp.internal.call.CallFacts;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent as the application wrote it is a part of the key. */
class WhatLeavesTest {
    private static final String BODY = "{\"model\":\"gpt-4o-mini\",\"messages\":[]}";

    private final Identities identities = new Identities(Ask.config(Caches.usual()));

    @Test
    void two_deployments_in_the_path_are_two_questions() {
        Upstream azure = upstream(Upstream.Kind.AZURE, "https://res.openai.azure.com");

        assertThat(key(azure, "https://res.openai.azure.com/openai/deployments/a/chat/completions"))
                .isNotEqualTo(key(azure, "https://res.openai.azure.com/openai/deployments/b/chat/completions"));
    }

    @Test
    void two_deployments_behind_an_upstream_of_another_kind_are_two_questions() {
        Upstream root = upstream(Upstream.Kind.OPENAI, "http://localhost:8080");

        assertThat(key(root, "http://localhost:8080/openai/deployments/a/chat/completions"))
                .isNotEqualTo(key(root, "http://localhost:8080/openai/deployments/b/chat/completions"));
    }

    @Test
    void two_paths_of_one_endpoint_are_two_questions() {
        Upstream root = upstream(Upstream.Kind.OPENAI, "http://localhost:8080");
        List<String> paths = List.of("/chat/completions", "/v1/chat/completions", "/openai/v1/chat/completions");

        assertThat(paths.stream()
                        .map(path -> key(root, "http://localhost:8080" + path))
                        .distinct())
                .hasSize(paths.size());
    }

    @Test
    void where_the_gateway_makes_the_path_the_one_that_was_asked_does_not_count() {
        Upstream local = upstream(Upstream.Kind.OPENAI, "http://localhost:8080/api/v1");

        assertThat(key(local, "https://api.openai.com/v1/chat/completions"))
                .isEqualTo(key(local, "http://localhost:8080/api/v1/chat/completions"));
    }

    private CacheKey key(Upstream upstream, String url) {
        CallFacts facts = Ask.chat(BODY).facts();
        assertThat(Endpoint.of(URI.create(url).getPath())).endsWith("/chat/completions");
        CallFacts there = new CallFacts(
                facts.original().newBuilder().url(url).build(),
                upstream,
                facts.endpoint(),
                facts.request(),
                facts.body(),
                facts.modelSent(),
                facts.answer(),
                facts.tags(),
                false,
                false);
        return ((Reading.Cacheable) identities.read(there)).identity().key();
    }

    private static Upstream upstream(Upstream.Kind kind, String baseUrl) {
        return new Upstream("one", kind, URI.create(baseUrl), Optional.of("2024-10-21"), Map.of(), Upstream.Auth.KEY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OpenAI-Beta",
                "x-policy-id",
                "X-Model-Variant",
                "Helicone-Prompt-Id",
                "anthropic-beta",
                "extra-parameters",
                "Accept-Language"
            })
    void a_header_that_an_upstream_may_read_counts(String name) {
        assertThat(Ask.chat(BODY).header(name, "a").key(identities))
                .isNotEqualTo(Ask.chat(BODY).header(name, "b").key(identities))
                .isNotEqualTo(Ask.chat(BODY).key(identities));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OpenAI-Organization",
                "openai-project",
                "Authorization",
                "api-key",
                "X-API-Key",
                "Cookie",
                "User-Agent",
                "Accept",
                "Content-Type",
                "Idempotency-Key",
                "traceparent",
                "X-Request-Id",
                "X-Stainless-Retry-Count",
                "x-b3-traceid",
                "x-datadog-trace-id",
                "X-Amzn-Trace-Id",
                "X-Correlation-Id",
                "X-Cloud-Trace-Context",
                "X-Gateway-Feature",
                "X-Cassette-Name"
            })
    void a_header_that_does_not_leave_or_says_nothing_about_the_answer_does_not_count(String name) {
        assertThat(Ask.chat(BODY).header(name, "a").key(identities))
                .isEqualTo(Ask.chat(BODY).key(identities));
    }
}
