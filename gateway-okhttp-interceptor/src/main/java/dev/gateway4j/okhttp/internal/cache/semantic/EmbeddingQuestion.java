package dev.gateway4j.okhttp.internal.cache.semantic;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.gateway4j.api.config.Upstream;
import dev.gateway4j.api.openai.Endpoint;
import dev.gateway4j.okhttp.internal.call.BaseUrls;
import dev.gateway4j.okhttp.internal.call.CallFacts;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

/** Asks for an embedding as an application would that asks the same upstream. */
final class EmbeddingQuestion {
    private static final MediaType JSON = MediaType.get("application/json");
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final String API_VERSION = "api-version";

    private EmbeddingQuestion() {}

    static Request request(CallFacts asking, String model, String text) {
        return new Request.Builder()
                .url(url(asking, model))
                .post(RequestBody.create(body(model, text), JSON))
                .build();
    }

    private static HttpUrl url(CallFacts asking, String model) {
        Upstream upstream = asking.upstream();
        HttpUrl.Builder url = BaseUrls.of(upstream).newBuilder();
        if (upstream.kind() == Upstream.Kind.OPENAI) {
            return url.addPathSegment("embeddings").build();
        }
        HttpUrl asked = asking.original().url();
        Optional<String> version =
                Optional.ofNullable(asked.queryParameter(API_VERSION)).or(upstream::apiVersion);
        if (dated(asked, version)) {
            url.addPathSegments("openai/deployments")
                    .addPathSegment(upstream.deployment(model))
                    .addPathSegment("embeddings");
        } else {
            url.addPathSegments("openai/v1/embeddings");
        }
        version.ifPresent(name -> url.setQueryParameter(API_VERSION, name));
        return url.build();
    }

    /** Azure's dated versions have the deployment in the path. */
    private static boolean dated(HttpUrl asked, Optional<String> version) {
        return Endpoint.deployment(asked.encodedPath()).isPresent()
                || version.filter(name -> !name.equals("preview")).isPresent();
    }

    private static String body(String model, String text) {
        StringWriter body = new StringWriter(text.length() + 96);
        try (JsonGenerator json = FACTORY.createGenerator(body)) {
            json.writeStartObject();
            json.writeStringField("model", model);
            json.writeStringField("input", text);
            json.writeStringField("encoding_format", "float");
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return body.toString();
    }
}
