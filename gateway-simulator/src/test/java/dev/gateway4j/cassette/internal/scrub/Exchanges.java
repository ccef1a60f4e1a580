package dev.gateway4j.cassette.internal.scrub;

import dev.gateway4j.cassette.Extras;
import dev.gateway4j.cassette.Fields;
import dev.gateway4j.cassette.Interaction;
import dev.gateway4j.cassette.RecordedBody;
import dev.gateway4j.cassette.RecordedRequest;
import dev.gateway4j.cassette.RecordedResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Exchanges to scrub, and everything an exchange says in one text. */
final class Exchanges {
    static final String URL = "https://api.openai.com/v1/chat/completions";
    static final RecordedBody ASKED = RecordedBody.of("{\"model\":\"gpt-4o\"}");
    static final RecordedBody ANSWERED = RecordedBody.of("{\"object\":\"chat.completion\"}");

    private Exchanges() {}

    static Interaction of(RecordedRequest request, RecordedResponse response) {
        return new Interaction(3, request, response, Extras.none());
    }

    static Interaction to(String url) {
        return of(RecordedRequest.of("POST", url, json(), ASKED), answer(ANSWERED));
    }

    static Interaction asking(RecordedBody body) {
        return of(RecordedRequest.of("POST", URL, json(), body), answer(ANSWERED));
    }

    static Interaction answering(RecordedBody body) {
        return of(RecordedRequest.of("POST", URL, json(), ASKED), answer(body));
    }

    static Interaction form(String body) {
        Fields type = fields("Content-Type", "application/x-www-form-urlencoded");
        return of(RecordedRequest.of("POST", URL, type, RecordedBody.of(body)), answer(ANSWERED));
    }

    static Interaction requestHeader(String name, String value) {
        return of(RecordedRequest.of("POST", URL, fields(name, value), ASKED), answer(ANSWERED));
    }

    static Interaction responseHeader(String name, String value) {
        RecordedResponse response = RecordedResponse.of(200, fields(name, value), ANSWERED, Duration.ZERO);
        return of(RecordedRequest.of("POST", URL, json(), ASKED), response);
    }

    static RecordedResponse answer(RecordedBody body) {
        return RecordedResponse.of(200, json(), body, Duration.ofMillis(5));
    }

    static Fields json() {
        return fields("Content-Type", "application/json");
    }

    static Fields fields(String... namesAndValues) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put(namesAndValues[i], List.of(namesAndValues[i + 1]));
        }
        return new Fields(values);
    }

    /** Every text of the exchange, bodies included, each byte of a body one character. */
    static String everything(Interaction interaction) {
        RecordedRequest request = interaction.request();
        RecordedResponse response = interaction.response();
        return String.join(
                "\n",
                request.url(),
                request.host(),
                request.requestUri(),
                request.remoteAddr(),
                request.form().values().toString(),
                request.headers().values().toString(),
                request.trailer().values().toString(),
                new String(request.body().bytes(), StandardCharsets.ISO_8859_1),
                response.headers().values().toString(),
                response.trailer().values().toString(),
                response.status(),
                new String(response.body().bytes(), StandardCharsets.ISO_8859_1),
                interaction.extras().members().toString(),
                request.extras().members().toString(),
                response.extras().members().toString());
    }
}
