package dev.gateway4j.cassette;

import dev.gateway4j.cassette.internal.replay.Arrivals;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * A response as it stands in a cassette. Members that a file leaves out are empty.
 *
 * @param protocol the version of HTTP it came in
 * @param transferEncoding such as {@code chunked}
 * @param trailer fields after the body
 * @param contentLength the length of the body as it was written down, -1 for unknown; it may be stale, so nothing relies on it
 * @param uncompressed whether the client that recorded it had taken a compression off
 * @param body the body
 * @param headers the headers
 * @param status the status line, such as {@code 200 OK}
 * @param code the HTTP status
 * @param duration from the request to the headers of the response
 * @param extras members that the format does not know
 */
public record RecordedResponse(
        Protocol protocol,
        List<String> transferEncoding,
        Fields trailer,
        long contentLength,
        boolean uncompressed,
        RecordedBody body,
        Fields headers,
        String status,
        int code,
        Duration duration,
        Extras extras) {
    /** When each part of the body arrived: {@code MICROS+BYTES} after one another, the first counted from the headers. */
    public static final String CHUNKS = "x-chunks";
    /** How the exchange ended if it did not end well: {@code cancelled}, {@code abandoned}, {@code truncated} or {@code failed}. */
    public static final String ENDING = "x-ending";
    /** {@code compact} if the body was sent without blanks and is written down with them. */
    public static final String LAYOUT = "x-layout";
    /** When it was recorded, as ISO 8601. */
    public static final String RECORDED_AT = "x-recorded-at";

    /** Copies the list. */
    public RecordedResponse {
        transferEncoding = List.copyOf(transferEncoding);
    }

    /** A response with nothing out of the ordinary. */
    public static RecordedResponse of(int code, Fields headers, RecordedBody body, Duration duration) {
        return new RecordedResponse(
                Protocol.HTTP_1_1,
                List.of(),
                Fields.none(),
                body.length(),
                false,
                body,
                headers,
                Integer.toString(code),
                code,
                duration,
                Extras.none());
    }

    /** When the parts of the body arrived, each counted from the headers; empty if the recording does not say. */
    public List<Duration> arrivals() {
        return extras.text(CHUNKS).flatMap(text -> Arrivals.read(text.strip())).stream()
                .flatMapToLong(parts -> Arrays.stream(parts.nanos()))
                .mapToObj(Duration::ofNanos)
                .toList();
    }

    /** The response with another body and its length. */
    public RecordedResponse with(RecordedBody other) {
        return new RecordedResponse(
                protocol,
                transferEncoding,
                trailer,
                other.length(),
                uncompressed,
                other,
                headers,
                status,
                code,
                duration,
                extras);
    }

    /** The response with other headers. */
    public RecordedResponse with(Fields others) {
        return new RecordedResponse(
                protocol,
                transferEncoding,
                trailer,
                contentLength,
                uncompressed,
                body,
                others,
                status,
                code,
                duration,
                extras);
    }

    /** The response with other members of ours. */
    public RecordedResponse with(Extras others) {
        return new RecordedResponse(
                protocol,
                transferEncoding,
                trailer,
                contentLength,
                uncompressed,
                body,
                headers,
                status,
                code,
                duration,
                others);
    }
}
