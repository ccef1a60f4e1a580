package dev.gateway4j.testkit;

import dev.gateway4j.api.openai.Redaction;
import dev.gateway4j.cassette.CassetteException;
import dev.gateway4j.cassette.Cassettes;
import dev.gateway4j.cassette.RecordedBody;
import dev.gateway4j.cassette.RecordedRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/** Turns recorded requests into requests to send again, as in {@code CassetteRequests.okhttp(cassettes.request("chat-basic"))}. */
public final class CassetteRequests {
    /** What the client says anew, for the body and the connection it has. */
    private static final Set<String> OF_THE_CLIENT = Set.of(
            "accept-encoding",
            "connection",
            "content-length",
            "host",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private static final Set<String> NEEDS_BODY = Set.of("POST", "PUT", "PATCH", "PROPPATCH", "REPORT");

    private static final String OMITTED = "[multipart form data omitted]";

    private CassetteRequests() {}

    /**
     * The request as OkHttp sends it: method, URL, body and the headers that were saved. It has no credential, since recordings have none;
     * a gateway adds its own.
     *
     * @throws CassetteException if it cannot be sent: its URL is none, its form data was not saved, or OkHttp refuses its method, body or headers
     */
    public static Request okhttp(RecordedRequest recorded) {
        HttpUrl url = HttpUrl.parse(recorded.url());
        if (url == null) {
            throw new CassetteException("The recorded request goes to " + recorded.url()
                    + ", which is no http or https URL; correct it in the cassette.");
        }
        try {
            return request(recorded, url);
        } catch (IllegalArgumentException e) {
            throw new CassetteException(
                    "OkHttp does not send the recorded " + recorded.method() + " " + recorded.url() + ": "
                            + Redaction.text(String.valueOf(e.getMessage())) + ". Correct it in the cassette.",
                    e);
        }
    }

    private static Request request(RecordedRequest recorded, HttpUrl url) {
        Request.Builder request = new Request.Builder().url(url).method(recorded.method(), body(recorded));
        for (Map.Entry<String, List<String>> header :
                recorded.headers().values().entrySet()) {
            if (!OF_THE_CLIENT.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                header.getValue().forEach(value -> request.addHeader(header.getKey(), value));
            }
        }
        return request.build();
    }

    /** The first request of a cassette, naming that cassette, so that a gateway that replays answers with it. */
    public static Request okhttp(Cassettes cassettes, String name) {
        return okhttp(cassettes.request(name))
                .newBuilder()
                .header("X-Cassette-Name", name)
                .build();
    }

    private static @Nullable RequestBody body(RecordedRequest recorded) {
        RecordedBody body = recorded.body();
        if (body.text().filter(OMITTED::equals).isPresent()) {
            throw new CassetteException("The form data of the recorded " + recorded.method() + " " + recorded.url()
                    + " was not saved, so it cannot be sent again. Send the original request, or record it anew.");
        }
        if (body.isEmpty() && !NEEDS_BODY.contains(recorded.method())) {
            return null;
        }
        MediaType type =
                recorded.headers().first("content-type").map(MediaType::parse).orElse(null);
        return RequestBody.create(body.bytes(), type);
    }
}
