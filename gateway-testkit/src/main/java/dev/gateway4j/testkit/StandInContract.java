package dev.gateway4j.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.openai.Endpoint;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * What every {@link StandIn} promises. Extend it in your tests, say how to make your stand-in, and its tests run with yours.
 *
 * <pre>{@code
 * class MyStandInTest extends StandInContract {
 *     @Override
 *     protected StandIn standIn(TimeSource time) {
 *         return new MyStandIn(time);
 *     }
 * }
 * }</pre>
 */
public abstract class StandInContract {
    /** Blocked means blocked for good, since the clock stands; the limit only ends the test. */
    private static final Duration BLOCKED = Duration.ofSeconds(20);

    private static final int MAX_FRAMES = 100_000;
    private static final int CALLERS = 8;
    private static final int CALLS_EACH = 25;

    /** For subclasses. */
    protected StandInContract() {}

    /**
     * A new stand-in.
     *
     * @param time the clock its due times are on; it stands still
     */
    protected abstract StandIn standIn(TimeSource time);

    /**
     * Requests that the stand-in has an answer to: one chat completion, one streamed, one list of models. Override it if yours answers
     * others.
     *
     * @param time the clock that says when they arrive
     */
    protected List<WireRequest> requests(TimeSource time) {
        return List.of(
                request(time, "POST", "/v1/chat/completions", chat(false)),
                request(time, "POST", "/v1/chat/completions", chat(true)),
                request(time, "GET", "/v1/models", ""));
    }

    /** A request as a gateway would hand it over. */
    protected static WireRequest request(TimeSource time, String method, String path, String body) {
        return new WireRequest(
                "contract",
                1,
                method,
                "https",
                "api.openai.com",
                path,
                "",
                Endpoint.of(path),
                WireHeaders.of("content-type", "application/json"),
                CallTags.none(),
                body.getBytes(StandardCharsets.UTF_8),
                time.nanos());
    }

    @Test
    void it_answers_and_hands_out_frames_without_waiting() {
        ManualTime time = ManualTime.standing();

        assertTimeoutPreemptively(BLOCKED, () -> {
            try (StandIn standIn = standIn(time)) {
                requests(time).forEach(request -> walk(standIn.answer(request)));
            }
        });

        assertEquals(0, time.nanos(), "the stand-in moved the clock");
    }

    @Test
    void nothing_is_due_before_the_request_arrived_or_before_the_frame_before_it() {
        ManualTime time = ManualTime.standing();
        time.advance(Duration.ofHours(1));

        try (StandIn standIn = standIn(time)) {
            for (WireRequest request : requests(time)) {
                WireAnswer answer = standIn.answer(request);

                long last = request.arrivedNanos();
                assertTrue(
                        answer.dueNanos() >= last, () -> "answer to " + request.path() + " is due before it arrived");
                last = answer.dueNanos();
                for (Frame frame : walk(answer)) {
                    assertTrue(
                            frame.dueNanos() >= last,
                            () -> "a frame of " + request.path() + " is due before the last one");
                    last = frame.dueNanos();
                }
            }
        }
    }

    @Test
    void the_last_frame_is_the_only_one_that_ends_and_it_repeats() {
        ManualTime time = ManualTime.standing();

        try (StandIn standIn = standIn(time)) {
            for (WireRequest request : requests(time)) {
                if (standIn.answer(request) instanceof WireReply reply) {
                    try (Frames frames = reply.frames()) {
                        Frame last = toTheEnd(frames, new ArrayList<>());

                        assertEquals(last, frames.next(), "the last frame did not repeat");
                        assertEquals(last, frames.next(), "the last frame did not repeat");
                    }
                }
            }
        }
    }

    @Test
    void no_chunk_is_empty() {
        ManualTime time = ManualTime.standing();

        try (StandIn standIn = standIn(time)) {
            for (WireRequest request : requests(time)) {
                for (Frame frame : walk(standIn.answer(request))) {
                    assertTrue(!(frame instanceof Frame.Chunk chunk) || chunk.bytes().length > 0, "an empty chunk");
                }
            }
        }
    }

    @Test
    void a_reply_may_be_closed_before_its_end() {
        ManualTime time = ManualTime.standing();

        try (StandIn standIn = standIn(time)) {
            for (WireRequest request : requests(time)) {
                close(standIn.answer(request));
                if (standIn.answer(request) instanceof WireReply reply) {
                    reply.frames().next();
                    reply.frames().close();
                }
                walk(standIn.answer(request));
            }
        }
    }

    @Test
    void a_reply_may_be_read_to_its_end_after_the_stand_in_is_closed() {
        ManualTime time = ManualTime.standing();
        StandIn standIn = standIn(time);
        List<WireAnswer> answers = requests(time).stream().map(standIn::answer).toList();

        standIn.close();
        standIn.close();

        answers.forEach(StandInContract::walk);
    }

    @Test
    void it_answers_many_callers_at_once() throws Exception {
        ManualTime time = ManualTime.standing();
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);

        try (StandIn standIn = standIn(time)) {
            List<Future<?>> results = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                results.add(callers.submit(() -> {
                    for (int call = 0; call < CALLS_EACH; call++) {
                        requests(time).forEach(request -> walk(standIn.answer(request)));
                    }
                }));
            }
            for (Future<?> result : results) {
                result.get();
            }
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void it_leaves_the_body_of_the_request_alone() {
        ManualTime time = ManualTime.standing();

        try (StandIn standIn = standIn(time)) {
            for (WireRequest request : requests(time)) {
                byte[] before = request.body().clone();

                walk(standIn.answer(request));

                assertArrayEquals(before, request.body(), "the shared body was modified");
            }
        }
    }

    @Test
    void a_malformed_request_is_answered_and_throws_nothing() {
        ManualTime time = ManualTime.standing();

        try (StandIn standIn = standIn(time)) {
            for (String body :
                    List.of("", "{", "[]", "null", "\"text\"", "{\"model\":7}", "\u0000\uffff", "[".repeat(5000))) {
                walk(standIn.answer(request(time, "POST", "/v1/chat/completions", body)));
            }
            walk(standIn.answer(request(time, "BREW", "/no/such/path", "")));
        }
    }

    private static String chat(boolean stream) {
        return "{\"model\":\"gpt-4o-mini\",\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Say this is a test\"}]}";
    }

    /** All frames of an answer; closes it. */
    private static List<Frame> walk(WireAnswer answer) {
        List<Frame> all = new ArrayList<>();
        if (answer instanceof WireReply reply) {
            try (Frames frames = reply.frames()) {
                all.add(toTheEnd(frames, all));
            }
        }
        return all;
    }

    private static Frame toTheEnd(Frames frames, List<Frame> before) {
        for (int i = 0; i < MAX_FRAMES; i++) {
            Frame frame = frames.next();
            if (!(frame instanceof Frame.Chunk)) {
                return frame;
            }
            before.add(frame);
        }
        return fail("no end after " + MAX_FRAMES + " frames");
    }

    private static void close(WireAnswer answer) {
        if (answer instanceof WireReply reply) {
            reply.frames().close();
        }
    }
}
