package dev.gateway4j.okhttp.internal.cache.key;

import dev.gateway4j.api.cache.CacheQuestion;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.Upstream;
import dev.gateway4j.api.openai.Endpoint;
import dev.gateway4j.api.openai.RequestFacts;
import dev.gateway4j.api.openai.RequestReader;
import dev.gateway4j.okhttp.internal.call.BaseUrls;
import dev.gateway4j.okhttp.internal.call.CallFacts;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

/** Makes calls of questions that nobody asks, to see what the cache would make of them. */
record Questions(GatewayConfig config) {
    private static final MediaType JSON = MediaType.get("application/json");

    CallFacts facts(CacheQuestion question) {
        Upstream upstream = config.upstreams().getOrDefault(Upstream.OPENAI.name(), Upstream.OPENAI);
        String endpoint = Endpoint.of(question.endpoint());
        RequestFacts read = RequestReader.read(question.body(), config.maxJsonDepth());
        Optional<String> asked = read.model();
        Request request = new Request.Builder()
                .url(url(upstream, endpoint))
                .post(RequestBody.create(question.body(), JSON))
                .build();
        return new CallFacts(
                request,
                upstream,
                endpoint,
                read,
                Optional.of(question.body()),
                asked.map(model -> config.models().getOrDefault(model, model)),
                config.responseTo(endpoint, asked),
                question.tags(),
                false,
                false);
    }

    private static HttpUrl url(Upstream upstream, String endpoint) {
        HttpUrl base = BaseUrls.of(upstream);
        String prefix = base.encodedPath();
        String parent = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
        return base.newBuilder()
                .encodedPath(parent + Ingredients.below(endpoint))
                .build();
    }

    /** Why the cache has nothing to do with it; empty if it has. */
    static Optional<String> objection(Reading reading) {
        if (reading instanceof Reading.Bypassed bypassed) {
            return Optional.of(bypassed.reason());
        }
        return reading instanceof Reading.Invalid invalid ? Optional.of(invalid.message()) : Optional.empty();
    }
}
