package dev.gateway4j.cassette.internal.record;

import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.cassette.Extras;
import dev.gateway4j.cassette.Fields;
import dev.gateway4j.cassette.Interaction;
import dev.gateway4j.cassette.Protocol;
import dev.gateway4j.cassette.RecordedBody;
import dev.gateway4j.cassette.RecordedRequest;
import dev.gateway4j.cassette.RecordedResponse;
import dev.gateway4j.cassette.internal.match.MultipartDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Puts what was on the wire into the shape of a cassette. Nothing is taken out yet: that is the scrubber's work. */
final class Exchange {
    private Exchange() {}

    /** A request and its answer, whose body is unpacked already, with members of ours about the answer. */
    static Interaction of(WireRequest request, Answer answer, byte[] body, Extras extras) {
        return new Interaction(0, request(request), response(answer, body).with(extras), Extras.none());
    }

    private static RecordedRequest request(WireRequest request) {
        Fields headers = Fields.of(request.headers());
        String type = headers.first("Content-Type").orElse("");
        String url = request.scheme() + "://" + request.authority() + request.path()
                + (request.query().isEmpty() ? "" : "?" + request.query());
        RecordedBody body = RecordedBody.of(request.body());
        Fields form = Forms.of(request.query(), isForm(type) ? body.text().orElse("") : "");
        RecordedRequest recorded =
                RecordedRequest.of(request.method(), url, headers, body).to(url, form);
        return type.toLowerCase(Locale.ROOT).contains("multipart/form-data") ? withoutParts(recorded, type) : recorded;
    }

    private static boolean isForm(String type) {
        return type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
    }

    /** The parts themselves, audio mostly, would make up most of a file, so only what tells them apart is kept. */
    private static RecordedRequest withoutParts(RecordedRequest recorded, String type) {
        List<Extras.Value> parts = new ArrayList<>();
        for (String line : MultipartDigest.of(type, recorded.body().bytes())) {
            parts.add(new Extras.Text(line, false));
        }
        Map<String, Extras.Value> extras =
                parts.isEmpty() ? Map.of() : Map.of(MultipartDigest.MEMBER, new Extras.Items(parts));
        return recorded.with(RecordedBody.of(MultipartDigest.PLACEHOLDER)).with(Extras.of(extras));
    }

    private static RecordedResponse response(Answer answer, byte[] body) {
        Fields headers = Fields.of(answer.headers());
        boolean chunked = headers.first("Transfer-Encoding").orElse("").equalsIgnoreCase("chunked");
        return new RecordedResponse(
                Protocol.HTTP_1_1,
                chunked ? List.of("chunked") : List.of(),
                Fields.none(),
                body.length,
                false,
                RecordedBody.of(body),
                headers.without("Transfer-Encoding"),
                StatusLine.of(answer.status()),
                answer.status(),
                answer.latency(),
                Extras.none());
    }

    /** The exchange as it is written: JSON over several lines, and lengths that are true. */
    static Interaction laidOut(Interaction scrubbed) {
        return new Interaction(
                scrubbed.id(),
                measured(laidOut(scrubbed.request())),
                measured(laidOut(scrubbed.response()), scrubbed.request().method()),
                scrubbed.extras());
    }

    private static RecordedRequest laidOut(RecordedRequest request) {
        return isJson(request.headers())
                ? JsonLayout.spread(request.body())
                        .map(body -> request.with(body)
                                .with(request.extras().with(RecordedResponse.LAYOUT, JsonLayout.COMPACT)))
                        .orElse(request)
                : request;
    }

    private static RecordedResponse laidOut(RecordedResponse response) {
        return isJson(response.headers())
                ? JsonLayout.spread(response.body())
                        .map(body -> response.with(body)
                                .with(response.extras().with(RecordedResponse.LAYOUT, JsonLayout.COMPACT)))
                        .orElse(response)
                : response;
    }

    /** Exactly that type, as go-vcr's users do it: with a character set, the body stays as it came. */
    private static boolean isJson(Fields headers) {
        return headers.all("Content-Type").equals(List.of("application/json"));
    }

    private static RecordedRequest measured(RecordedRequest request) {
        RecordedRequest exact = request.with(request.body());
        boolean says = !request.body().isEmpty()
                || request.headers().first("Content-Length").isPresent();
        return says
                ? exact.with(request.headers()
                        .with("Content-Length", Integer.toString(request.body().length())))
                : exact;
    }

    private static RecordedResponse measured(RecordedResponse response, String method) {
        RecordedResponse exact = response.with(response.body());
        // The answer to HEAD says how long the body would be.
        boolean says = !method.equals("HEAD")
                && response.headers().first("Content-Length").isPresent();
        return says
                ? exact.with(response.headers()
                        .with("Content-Length", Integer.toString(response.body().length())))
                : exact;
    }

    /**
     * What arrived before the body.
     *
     * @param status the HTTP status
     * @param headers the headers
     * @param atNanos when they arrived
     * @param latency how long after the request
     */
    record Answer(int status, WireHeaders headers, long atNanos, Duration latency) {
        boolean isGzip() {
            return headers.first("Content-Encoding").orElse("").equalsIgnoreCase("gzip");
        }

        boolean isEventStream() {
            return headers.first("Content-Type")
                    .orElse("")
                    .toLowerCase(Locale.ROOT)
                    .startsWith("text/event-stream");
        }

        Answer unpacked() {
            return new Answer(status, headers.without("Content-Encoding"), atNanos, latency);
        }
    }
}
