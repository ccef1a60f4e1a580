package dev.gateway4j.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.call.Ending;
import dev.gateway4j.api.openai.Endpoint;
import dev.gateway4j.api.spi.Recorder;
import dev.gateway4j.api.spi.WireRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Recorder} promises. Extend it in your tests, say how to make your recorder and how to read what it saved, and its tests
 * run with yours.
 *
 * <pre>{@code
 * class MyRecorderTest extends RecorderContract {
 *     @TempDir
 *     Path directory;
 *
 *     @Override
 *     protected Recorder recorder(TimeSource time) {
 *         return new MyRecorder(directory, time);
 *     }
 *
 *     @Override
 *     protected List<String> saved(String name) {
 *         return MyRecordings.in(directory).answers(name);
 *     }
 * }
 * }</pre>
 */
public abstract class RecorderContract {
    /** Blocked means blocked for good, since the clock stands; the limit only ends the test. */
    private static final Duration BLOCKED = Duration.ofSeconds(20);

    private static final int CALLERS = 8;
    private static final int CALLS_EACH = 10;

    /** For subclasses. */
    protected RecorderContract() {}

    /**
     * A new recorder that saves to the same place as the others of this test.
     *
     * @param time the clock of its calls; it stands still
     */
    protected abstract Recorder recorder(TimeSource time);

    /**
     * The bodies of the answers saved under this name, as UTF-8 text, in the order in which the exchanges were opened; empty if there are
     * none.
     */
    protected abstract List<String> saved(String name);

    /** A request whose exchange is to be saved under this name. */
    protected static WireRequest request(TimeSource time, String name, String body) {
        return new WireRequest(
                "contract",
                1,
                "POST",
                "https",
                "api.openai.com",
                "/v1/chat/completions",
                "",
                Endpoint.of("/v1/chat/completions"),
                WireHeaders.of("content-type", "application/json"),
                CallTags.none().withCassette(name),
                body.getBytes(StandardCharsets.UTF_8),
                time.nanos());
    }

    @Test
    void an_answer_is_saved_as_it_was_delivered_when_its_end_returns() {
        ManualTime time = ManualTime.standing();

        try (Recorder recorder = recorder(time)) {
            Recorder.Recording recording = open(recorder, time, "whole");
            deliver(recording, "Hel", "lo");
            recording.end(Ending.COMPLETED, true, time.nanos());

            assertEquals(List.of("Hello"), saved("whole"), "what was saved when end returned");
        }
    }

    @Test
    void it_keeps_no_array_and_changes_none() {
        ManualTime time = ManualTime.standing();
        byte[] shared = "Hello".getBytes(StandardCharsets.UTF_8);

        try (Recorder recorder = recorder(time)) {
            WireRequest request = request(time, "shared", "{\"n\":1}");
            byte[] before = request.body().clone();
            Recorder.Recording recording = recorder.open(request);
            recording.head(200, WireHeaders.of("content-type", "text/plain"), time.nanos());
            recording.chunk(shared, 1, 3, time.nanos());
            assertArrayEquals("Hello".getBytes(StandardCharsets.UTF_8), shared, "the shared array was modified");
            Arrays.fill(shared, (byte) '!');
            recording.end(Ending.COMPLETED, true, time.nanos());

            assertArrayEquals(before, request.body(), "the shared body was modified");
            assertEquals(List.of("ell"), saved("shared"), "the array was kept, or its bounds were not");
        }
    }

    @Test
    void exchanges_of_one_name_stand_in_the_order_in_which_they_were_opened() {
        ManualTime time = ManualTime.standing();

        try (Recorder recorder = recorder(time)) {
            Recorder.Recording first = open(recorder, time, "order");
            Recorder.Recording second = open(recorder, time, "order");
            deliver(second, "second");
            second.end(Ending.COMPLETED, true, time.nanos());
            deliver(first, "first");
            first.end(Ending.COMPLETED, true, time.nanos());
        }

        assertEquals(List.of("first", "second"), saved("order"));
    }

    @Test
    void it_waits_for_nothing_and_leaves_the_clock_alone() {
        ManualTime time = ManualTime.standing();

        assertTimeoutPreemptively(BLOCKED, () -> {
            try (Recorder recorder = recorder(time)) {
                record(recorder, time, "clock", "Hello");
            }
        });

        assertEquals(0, time.nanos(), "the recorder moved the clock");
    }

    @Test
    void however_an_exchange_ends_it_is_no_failure_of_the_recorder() {
        ManualTime time = ManualTime.standing();

        try (Recorder recorder = recorder(time)) {
            for (Ending ending : Ending.values()) {
                Recorder.Recording early = open(recorder, time, "ending-" + ending.id());
                early.end(ending, false, time.nanos());
                Recorder.Recording late = open(recorder, time, "ending-" + ending.id());
                deliver(late, "Hel");
                late.end(ending, true, time.nanos());
            }
        }
    }

    @Test
    void exchanges_of_many_callers_are_all_saved() throws Exception {
        ManualTime time = ManualTime.standing();
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);

        try (Recorder recorder = recorder(time)) {
            List<Future<?>> results = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                String own = "caller-" + i;
                results.add(callers.submit(() -> {
                    for (int call = 0; call < CALLS_EACH; call++) {
                        record(recorder, time, own, "own " + call);
                        record(recorder, time, "common", "common");
                    }
                }));
            }
            for (Future<?> result : results) {
                result.get();
            }
        } finally {
            callers.shutdownNow();
        }

        assertEquals(CALLERS * CALLS_EACH, saved("common").size(), "exchanges of one name by many callers");
        for (int i = 0; i < CALLERS; i++) {
            assertEquals(CALLS_EACH, saved("caller-" + i).size(), "exchanges of caller " + i);
        }
    }

    @Test
    void a_request_it_cannot_record_is_objected_to_and_throws_nothing() {
        ManualTime time = ManualTime.standing();

        try (Recorder recorder = recorder(time)) {
            for (String name : List.of("", "../out", "/etc/passwd", "a\\b", "x".repeat(5000), "\u0000")) {
                assertTrue(recorder.objection(request(time, name, "{}")).isPresent(), () -> "no objection to " + name);
            }
            for (String body : List.of("", "{", "[]", "\u0000\uffff")) {
                assertTrue(recorder.objection(request(time, "body", body)).isEmpty(), "an objection to a body");
            }
        }
    }

    @Test
    void it_may_be_closed_twice_and_what_it_saved_stays() {
        ManualTime time = ManualTime.standing();
        Recorder recorder = recorder(time);
        record(recorder, time, "closed", "Hello");

        recorder.close();
        recorder.close();

        assertEquals(List.of("Hello"), saved("closed"));
    }

    private static Recorder.Recording open(Recorder recorder, TimeSource time, String name) {
        return recorder.open(request(time, name, "{\"model\":\"gpt-4o-mini\"}"));
    }

    private static void deliver(Recorder.Recording recording, String... pieces) {
        recording.head(200, WireHeaders.of("content-type", "text/plain"), 0);
        for (String piece : pieces) {
            byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
            recording.chunk(bytes, 0, bytes.length, 0);
        }
    }

    private static void record(Recorder recorder, TimeSource time, String name, String answer) {
        Recorder.Recording recording = open(recorder, time, name);
        deliver(recording, answer);
        recording.end(Ending.COMPLETED, true, time.nanos());
    }
}
