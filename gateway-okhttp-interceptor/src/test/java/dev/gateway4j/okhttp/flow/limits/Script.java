package dev.gateway4j.okhttp.flow.limits;

import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.spi.FaultKind;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.api.spi.StandIn;
import dev.gateway4j.api.spi.WireAnswer;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.api.spi.WireRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A stand-in that answers as it is told, and counts. */
final class Script implements StandIn {
    /** An answer that used 14 and 6 tokens. */
    static final String ANSWER = "{\"id\":\"c-1\",\"object\":\"chat.completion\",\"model\":\"gpt-4o-mini\","
            + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"hi\"},\"finish_reason\":\"stop\"}],"
            + "\"usage\":{\"prompt_tokens\":14,\"completion_tokens\":6,\"total_tokens\":20}}";

    static final String FIRST =
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Pa\"},\"finish_reason\":null}]}\n\n";
    /** The same as a stream that says what it used. */
    static final List<String> STREAM = List.of(
            FIRST,
            "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n",
            "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":14,\"completion_tokens\":6,\"total_tokens\":20}}\n\n",
            "data: [DONE]\n\n");

    private final Function<WireRequest, WireAnswer> answers;
    private final AtomicInteger asked = new AtomicInteger();

    private Script(Function<WireRequest, WireAnswer> answers) {
        this.answers = answers;
    }

    static Script answering() {
        return new Script(request -> json(request, 200, ANSWER));
    }

    static Script failing(int status) {
        return new Script(request -> json(request, status, "{\"error\":{\"message\":\"no\",\"code\":\"x\"}}"));
    }

    static Script streaming() {
        return streaming(STREAM);
    }

    static Script streaming(List<String> pieces) {
        return new Script(request -> stream(request, pieces, 0));
    }

    /** Streams with a pause before every piece. */
    static Script slow(long pauseNanos) {
        return new Script(request -> stream(request, STREAM, pauseNanos));
    }

    static Script of(Function<WireRequest, WireAnswer> answers) {
        return new Script(answers);
    }

    static WireAnswer json(WireRequest request, int status, String body) {
        long now = request.arrivedNanos();
        return new WireReply(
                status,
                WireHeaders.of("content-type", "application/json"),
                now,
                Frames.of(List.of(
                        new Frame.Chunk(now, body.getBytes(StandardCharsets.UTF_8)),
                        new Frame.End(now, WireHeaders.empty()))));
    }

    static WireAnswer reset(WireRequest request) {
        return new Frame.Fault(request.arrivedNanos(), FaultKind.RESET);
    }

    static WireAnswer stream(WireRequest request, List<String> pieces, long pauseNanos) {
        List<Frame> frames = new java.util.ArrayList<>();
        long due = request.arrivedNanos();
        for (String piece : pieces) {
            due += pauseNanos;
            frames.add(new Frame.Chunk(due, piece.getBytes(StandardCharsets.UTF_8)));
        }
        frames.add(new Frame.End(due, WireHeaders.empty()));
        return new WireReply(
                200, WireHeaders.of("content-type", "text/event-stream"), request.arrivedNanos(), Frames.of(frames));
    }

    /** How many questions arrived. */
    int asked() {
        return asked.get();
    }

    @Override
    public WireAnswer answer(WireRequest request) {
        asked.incrementAndGet();
        return answers.apply(request);
    }
}
