package dev.gateway4j.okhttp.flow.cache;

import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.api.spi.StandIn;
import dev.gateway4j.api.spi.WireAnswer;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.api.spi.WireRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A stand-in that answers as it is told, and remembers what it was asked. */
final class Answers implements StandIn {
    /** A whole answer that used 14 and 2 tokens. */
    static final String PARIS = chat("Paris.", "stop");

    /** The same as a stream that says what it used. */
    static final List<String> PARIS_STREAM = List.of(
            chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null"),
            chunk("{\"content\":\"Pa\"}", "null"),
            chunk("{\"content\":\"ris.\"}", "null"),
            chunk("{}", "\"stop\""),
            "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,\"model\":\"gpt-4o-mini-2024-07-18\","
                    + "\"choices\":[],\"usage\":{\"prompt_tokens\":14,\"completion_tokens\":2,\"total_tokens\":16}}\n\n",
            "data: [DONE]\n\n");

    private final Function<WireRequest, WireAnswer> answers;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private Answers(Function<WireRequest, WireAnswer> answers) {
        this.answers = answers;
    }

    static Answers by(Function<WireRequest, WireAnswer> answers) {
        return new Answers(answers);
    }

    /** Answers as asked: a stream where one is wanted. */
    static Answers paris() {
        return by(request -> body(request).contains("\"stream\":true")
                ? stream(request, PARIS_STREAM, Duration.ZERO)
                : json(request, 200, PARIS));
    }

    static Answers json(int status, String body) {
        return by(request -> json(request, status, body));
    }

    /** Streams with a pause before every piece but the first. */
    static Answers streaming(Duration pause, List<String> pieces) {
        return by(request -> stream(request, pieces, pause));
    }

    static String chat(String text, String finish) {
        return "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1700000000,\"model\":\"gpt-4o-mini-2024-07-18\","
                + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"" + text
                + "\",\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"" + finish + "\"}],"
                + "\"usage\":{\"prompt_tokens\":14,\"completion_tokens\":2,\"total_tokens\":16}}";
    }

    static String chunk(String delta, String finish) {
        return "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,"
                + "\"model\":\"gpt-4o-mini-2024-07-18\",\"choices\":[{\"index\":0,\"delta\":" + delta
                + ",\"logprobs\":null,\"finish_reason\":" + finish + "}],\"usage\":null}\n\n";
    }

    static WireAnswer json(WireRequest request, int status, String body) {
        long now = request.arrivedNanos();
        return new WireReply(
                status,
                WireHeaders.builder()
                        .add("content-type", "application/json")
                        .add("x-request-id", "req-1")
                        .build(),
                now,
                Frames.of(List.of(
                        new Frame.Chunk(now, body.getBytes(StandardCharsets.UTF_8)),
                        new Frame.End(now, WireHeaders.empty()))));
    }

    static WireAnswer stream(WireRequest request, List<String> pieces, Duration pause) {
        List<Frame> frames = new ArrayList<>();
        long due = request.arrivedNanos();
        for (String piece : pieces) {
            frames.add(new Frame.Chunk(due, piece.getBytes(StandardCharsets.UTF_8)));
            due += pause.toNanos();
        }
        frames.add(new Frame.End(due, WireHeaders.empty()));
        return new WireReply(
                200,
                WireHeaders.of("content-type", "text/event-stream; charset=utf-8"),
                request.arrivedNanos(),
                Frames.of(frames));
    }

    static String body(WireRequest request) {
        return new String(request.body(), StandardCharsets.UTF_8);
    }

    /** The bodies of the questions that arrived. */
    List<String> asked() {
        return asked;
    }

    @Override
    public WireAnswer answer(WireRequest request) {
        asked.add(body(request));
        return answers.apply(request);
    }
}
