package dev.gateway4j.cassette.internal.care;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.api.openai.Endpoint;
import dev.gateway4j.api.openai.RequestReader;
import dev.gateway4j.cassette.RecordedRequest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a recorded request can be sent again, and may be. */
final class Sendable {
    private static final int MAX_DEPTH = 1000;

    /** What stands in place of something that was taken out. */
    private static final Pattern SCRUBBED =
            Pattern.compile("(?i)\\[(secret:|redacted|multipart form data omitted)|[=:\"_-]scrubbed(?=[\"&/\\s]|$)");

    /** What follows the version in the path of a POST that only computes: whatever else it is for may leave something behind. */
    private static final Pattern COMPUTES =
            Pattern.compile("chat/completions|completions|embeddings|responses|moderations"
                    + "|images/(generations|edits|variations)"
                    + "|audio/(speech|transcriptions|translations)"
                    + "|messages(/count_tokens)?"
                    + "|projects/.*/publishers/[^/]+/models/[^/]+:(rawPredict|streamRawPredict)"
                    + "|.*[^/]:(generateContent|streamGenerateContent|countTokens|embedContent)"
                    + "|model/[^/]+/(invoke|invoke-with-response-stream|converse|converse-stream)");

    /** What stands before the version is the business of whoever offers the endpoint. */
    private static final Pattern VERSION = Pattern.compile("/v\\d+[a-z0-9]*/");

    private Sendable() {}

    /** Why it is not sent; empty if it is. */
    static Optional<String> objection(RecordedRequest request) {
        String body = request.body().text().orElse("");
        if (!Urls.absolute(request.url())) {
            return Optional.of("its URL is not whole; correct it");
        }
        if (SCRUBBED.matcher(body).find() || SCRUBBED.matcher(request.url()).find()) {
            return Optional.of(
                    "parts of it were taken out when it was recorded; give a request in its place, or record it from the"
                            + " application");
        }
        return changes(request).or(() -> stateful(request));
    }

    private static Optional<String> changes(RecordedRequest request) {
        if (asks(request.method())) {
            return Optional.empty();
        }
        boolean computes =
                COMPUTES.matcher(afterVersion(Urls.path(request.url()))).matches();
        return request.method().equals("POST") && computes
                ? Optional.empty()
                : Optional.of("it may change something at the upstream, or leave something there; record it from the"
                        + " application");
    }

    private static String afterVersion(String path) {
        Matcher version = VERSION.matcher(path);
        String after = version.find()
                ? path.substring(version.end())
                : Endpoint.of(path).replaceFirst("^/v1/", "");
        return after.replaceFirst("/+$", "");
    }

    /** True for a method that changes nothing and costs nothing. */
    static boolean asks(String method) {
        return method.equals("GET") || method.equals("HEAD");
    }

    private static Optional<String> stateful(RecordedRequest request) {
        if (RequestReader.read(request.body().bytes(), MAX_DEPTH).previousResponse()) {
            return Optional.of("it builds on an earlier answer that the upstream knew then; record both from the"
                    + " application");
        }
        JsonNode body = CareJson.parse(request.body().bytes()).orElseGet(CareJson::object);
        if (body.path("background").asBoolean()) {
            return Optional.of("its answer would come later, in the background; record it from the application");
        }
        boolean chat = Endpoint.of(Urls.path(request.url())).endsWith("/chat/completions");
        return chat && body.path("store").asBoolean()
                ? Optional.of("the upstream would keep it (store: true); record it from the application")
                : Optional.empty();
    }
}
