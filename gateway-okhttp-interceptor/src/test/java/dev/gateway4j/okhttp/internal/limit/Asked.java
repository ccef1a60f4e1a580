package dev.gateway4j.okhttp.internal.limit;

import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.config.ResponseType;
import dev.gateway4j.api.config.Upstream;
import dev.gateway4j.api.openai.RequestFacts;
import dev.gateway4j.api.openai.RequestReader;
import dev.gateway4j.okhttp.internal.call.CallFacts;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

/** Calls as estimators see them. */
final class Asked {
    private Asked() {}

    static CallFacts chat(String body) {
        return at("/v1/chat/completions", body);
    }

    static CallFacts at(String endpoint, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        RequestFacts facts = RequestReader.read(bytes, 64);
        Request request = new Request.Builder()
                .url("https://api.openai.com" + endpoint)
                .post(RequestBody.create(bytes, MediaType.get("application/json")))
                .build();
        return new CallFacts(
                request,
                Upstream.OPENAI,
                endpoint,
                facts,
                Optional.of(bytes),
                facts.model(),
                ResponseType.PASSTHROUGH,
                CallTags.none(),
                false,
                false);
    }
}
