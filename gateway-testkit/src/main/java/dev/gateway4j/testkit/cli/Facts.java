package dev.gateway4j.testkit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.gateway4j.api.call.Usage;
import dev.gateway4j.api.openai.AnswerReader;
import dev.gateway4j.api.openai.Endpoint;
import dev.gateway4j.cassette.Interaction;
import dev.gateway4j.cassette.RecordedBody;
import dev.gateway4j.cassette.RecordedRequest;
import dev.gateway4j.cassette.RecordedResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What there is to say about an interaction in one line.
 *
 * @param method the HTTP method
 * @param endpoint the endpoint, or for hosts of others their path
 * @param model the model asked for, or else the one that answered
 * @param stream whether the answer is a stream of events
 * @param status the HTTP status
 * @param duration from the request to the end of the answer, as far as it is known
 * @param usage what the answer says it used
 * @param recordedAt when it was recorded
 */
record Facts(
        String method,
        String endpoint,
        Optional<String> model,
        boolean stream,
        int status,
        Duration duration,
        Optional<Usage> usage,
        Optional<Instant> recordedAt) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Facts of(Interaction interaction) {
        RecordedRequest request = interaction.request();
        RecordedResponse response = interaction.response();
        String endpoint = Endpoint.of(path(request.url()));
        boolean stream = response.headers()
                .first("content-type")
                .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("text/event-stream"))
                .isPresent();
        AnswerReader reader = AnswerReader.forBody(endpoint, stream);
        reader.feed(response.body().bytes(), 0, response.body().length());
        reader.finish();
        JsonNode model = json(request.body()).path("model");
        return new Facts(
                request.method(),
                endpoint,
                model.isTextual() ? Optional.of(model.asText()) : reader.model(),
                stream,
                response.code(),
                Arrival.of(response).total(),
                reader.usage(),
                interaction.recordedAt());
    }

    /** The body as JSON; a missing node if it is none. */
    static JsonNode json(RecordedBody body) {
        try {
            JsonNode node = JSON.readTree(body.bytes());
            return node == null ? MissingNode.getInstance() : node;
        } catch (IOException notJson) {
            return MissingNode.getInstance();
        }
    }

    String summary() {
        return method + " " + endpoint + model.map(name -> " " + name).orElse("") + ", " + status
                + (stream ? ", streamed" : "") + ", " + duration.toMillis() + " ms"
                + recordedAt.map(at -> ", recorded " + at).orElse("");
    }

    private static String path(String url) {
        try {
            return Optional.ofNullable(URI.create(url).getRawPath()).orElse(url);
        } catch (IllegalArgumentException notAUrl) {
            return url;
        }
    }
}
