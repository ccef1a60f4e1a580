package dev.gateway4j.cassette.internal.replay;

import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.spi.FaultKind;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.WireAnswer;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.cassette.Interaction;
import dev.gateway4j.cassette.RecordedBody;
import dev.gateway4j.cassette.RecordedResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;

/** Makes a timed reply of a recorded response. Immutable and thread-safe. */
public final class Playback {
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection", "keep-alive", "proxy-connection", "proxy-authenticate", "te", "transfer-encoding", "upgrade");
    private static final Set<String> BAD_ENDINGS = Set.of("cancelled", "abandoned", "truncated", "failed");
    private static final int NOT_MODIFIED = 304;

    private final Timing timing;

    /** Replies that arrive as {@code timing} says. */
    public Playback(Timing timing) {
        this.timing = timing;
    }

    /** The reply to a request that arrived then: every byte of the recording, with the length that it has. */
    public WireAnswer answer(Interaction interaction, long arrivedNanos) {
        RecordedResponse response = interaction.response();
        Optional<String> ending =
                response.extras().text(RecordedResponse.ENDING).filter(BAD_ENDINGS::contains);
        boolean noHead = response.code() < 100 || response.code() > 599;
        byte[] body = body(response);
        EventCutter cutter = timing.cutter(
                EventCutter.of(response.headers().first("Content-Type").orElse("")));
        Arrivals arrivals = timing.followsTheRecording()
                ? Arrivals.recorded(response.extras().text(RecordedResponse.CHUNKS), body, cutter)
                : Arrivals.atOnce(cutter.ends(body));
        boolean stream = cutter == EventCutter.SSE && body.length > 0;
        long headDue = arrivedNanos + timing.head(response.duration(), stream);
        if (noHead) {
            return new Frame.Fault(headDue, FaultKind.RESET); // it failed before there was anything to record
        }
        return new WireReply(
                response.code(),
                headers(interaction, body, ending.isPresent()),
                headDue,
                new RecordedFrames(body, arrivals, headDue, timing, last(response, ending)));
    }

    private static LongFunction<Frame> last(RecordedResponse response, Optional<String> ending) {
        if (ending.isPresent()) {
            FaultKind kind = ending.get().equals("failed") ? FaultKind.RESET : FaultKind.CUT;
            return due -> new Frame.Fault(due, kind);
        }
        return due -> new Frame.End(due, response.trailer().headers());
    }

    private static byte[] body(RecordedResponse response) {
        boolean compact = response.extras()
                .text(RecordedResponse.LAYOUT)
                .filter("compact"::equals)
                .isPresent();
        return compact
                ? Layout.compact(response.body().bytes())
                : response.body().bytes();
    }

    private static WireHeaders headers(Interaction interaction, byte[] body, boolean broken) {
        RecordedResponse response = interaction.response();
        WireHeaders.Builder headers = WireHeaders.builder();
        for (Map.Entry<String, List<String>> field : response.headers().values().entrySet()) {
            String name = field.getKey().toLowerCase(Locale.ROOT);
            if (name.equals("content-length")) {
                length(interaction, field.getValue(), body, broken)
                        .ifPresent(length -> headers.add(field.getKey(), length));
            } else if (!HOP_BY_HOP.contains(name) && !(name.equals("content-encoding") && isDecoded(field, body))) {
                field.getValue().forEach(value -> headers.add(field.getKey(), value));
            }
        }
        return headers.build();
    }

    /** The true length; none for a body that breaks off, which would look complete; as recorded where no body may follow. */
    private static Optional<String> length(
            Interaction interaction, List<String> recorded, byte[] body, boolean broken) {
        if (broken) {
            return Optional.empty();
        }
        boolean bodiless = interaction.request().method().equals("HEAD")
                || interaction.response().code() == NOT_MODIFIED;
        return bodiless && body.length == 0
                ? recorded.stream().findFirst()
                : Optional.of(Integer.toString(body.length));
    }

    /** True if the body is stored as plain text although the header speaks of a compression. */
    private static boolean isDecoded(Map.Entry<String, List<String>> field, byte[] body) {
        boolean none = field.getValue().stream().allMatch(value -> value.strip().equalsIgnoreCase("identity"));
        if (body.length == 0 || none) {
            return false;
        }
        boolean gzip = field.getValue().stream()
                .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains("gzip"));
        if (gzip) {
            return body.length < 2 || body[0] != 0x1f || body[1] != (byte) 0x8b;
        }
        return RecordedBody.of(body).text().isPresent();
    }
}
