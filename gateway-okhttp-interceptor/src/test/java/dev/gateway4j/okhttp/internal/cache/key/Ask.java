package dev.gateway4j.okhttp.internal.cache.key;

import dev.gateway4j.api.Mode;
import dev.gateway4j.api.cache.CacheKey;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.config.CacheConfig;
import dev.gateway4j.api.config.ErrorDetail;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.Isolation;
import dev.gateway4j.api.config.LogLevel;
import dev.gateway4j.api.config.Profile;
import dev.gateway4j.api.config.ResponseType;
import dev.gateway4j.api.config.Upstream;
import dev.gateway4j.api.openai.RequestReader;
import dev.gateway4j.okhttp.internal.call.CallFacts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

/** A call to ask the cache about; every part of it can be another. */
record Ask(
        String endpoint,
        String body,
        CallTags tags,
        Headers headers,
        String query,
        Upstream upstream,
        ResponseType answer,
        String method) {
    static final String CHAT = "/v1/chat/completions";
    static final Map<String, String> MODELS = Map.of("gpt-4o", "gpt-4o-mini");

    static Ask chat(String body) {
        return at(CHAT, body);
    }

    static Ask at(String endpoint, String body) {
        return new Ask(
                endpoint, body, CallTags.none(), Headers.of(), "", Upstream.OPENAI, ResponseType.PASSTHROUGH, "POST");
    }

    Ask with(CallTags others) {
        return new Ask(endpoint, body, others, headers, query, upstream, answer, method);
    }

    Ask header(String name, String value) {
        Headers more = headers.newBuilder().add(name, value).build();
        return new Ask(endpoint, body, tags, more, query, upstream, answer, method);
    }

    Ask query(String other) {
        return new Ask(endpoint, body, tags, headers, other, upstream, answer, method);
    }

    Ask upstream(Upstream other) {
        return new Ask(endpoint, body, tags, headers, query, other, answer, method);
    }

    Ask answer(ResponseType other) {
        return new Ask(endpoint, body, tags, headers, query, upstream, other, method);
    }

    Ask method(String other) {
        return new Ask(endpoint, body, tags, headers, query, upstream, answer, other);
    }

    CallFacts facts() {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        var read = RequestReader.read(bytes, 64);
        Request request = new Request.Builder()
                .url("https://api.openai.com" + endpoint + (query.isEmpty() ? "" : "?" + query))
                .headers(headers)
                .method(
                        method,
                        method.equals("GET") ? null : RequestBody.create(bytes, MediaType.get("application/json")))
                .build();
        return new CallFacts(
                request,
                upstream,
                endpoint,
                read,
                Optional.of(bytes),
                read.model().map(model -> MODELS.getOrDefault(model, model)),
                answer,
                tags,
                false,
                false);
    }

    Reading reading(Identities identities) {
        return identities.read(facts());
    }

    Identity identity(Identities identities) {
        if (reading(identities) instanceof Reading.Cacheable cacheable) {
            return cacheable.identity();
        }
        throw new AssertionError("not cacheable: " + reading(identities));
    }

    CacheKey key(Identities identities) {
        return identity(identities).key();
    }

    /** Why it is not cached; empty if it is. */
    String reason(Identities identities) {
        return Questions.objection(reading(identities)).orElse("");
    }

    static GatewayConfig config(CacheConfig cache) {
        return config("staging", cache);
    }

    static GatewayConfig config(String environment, CacheConfig cache) {
        return new GatewayConfig(
                        environment,
                        Profile.STAGING,
                        Mode.PASSTHROUGH,
                        Isolation.STRICT,
                        Map.of("openai", Upstream.OPENAI),
                        List.of(),
                        MODELS,
                        List.of(),
                        ResponseType.GENERATED,
                        LogLevel.VERBOSE,
                        ErrorDetail.DETAILED,
                        1 << 20,
                        64,
                        0,
                        "instant",
                        List.of())
                .withCache(cache);
    }
}
