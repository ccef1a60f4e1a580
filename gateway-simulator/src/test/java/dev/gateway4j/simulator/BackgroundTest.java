package dev.gateway4j.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Responses that are made while nobody waits, on a clock that moves by hand. */
class BackgroundTest {
    private static final String PATH = "/v1/responses";
    private static final String ASK = "{\"model\": \"gpt-4o\", \"input\": \"Say hello\", \"background\": true";

    private final Sim sim = Sim.of(7, "gpt-4o", List.of());

    @Test
    void it_is_queued_then_in_progress_then_completed() {
        JsonNode queued = Trees.of(sim.post(PATH, ASK + "}").body());
        String path = PATH + "/" + queued.path("id").asText();

        List<String> seen = new ArrayList<>(List.of(queued.path("status").asText()));
        for (int i = 0; i < 3_000; i++) {
            sim.advance(Duration.ofMillis(10));
            String status = Trees.of(sim.get(path).body()).path("status").asText();
            if (!seen.get(seen.size() - 1).equals(status)) {
                seen.add(status);
            }
        }
        JsonNode done = Trees.of(sim.get(path).body());

        assertThat(seen).containsExactly("queued", "in_progress", "completed");
        assertThat(queued.path("output")).isEmpty();
        assertThat(queued.path("usage").isNull()).isTrue();
        assertThat(queued.path("background").asBoolean()).isTrue();
        assertThat(done.at("/output/0/content/0/text").asText()).isNotEmpty();
        assertThat(done.path("completed_at").asLong())
                .isGreaterThanOrEqualTo(done.path("created_at").asLong());
    }

    @Test
    void without_latency_it_is_seen_to_wait_and_to_be_worked_on() {
        Sim instant = Sim.standard();
        String id = Trees.of(instant.post(PATH, ASK + "}").body()).path("id").asText();

        List<String> seen = new ArrayList<>();
        for (long millis : new long[] {0, 49, 1, 949, 1}) {
            instant.advance(Duration.ofMillis(millis));
            seen.add(
                    Trees.of(instant.get(PATH + "/" + id).body()).path("status").asText());
        }

        assertThat(seen).containsExactly("queued", "queued", "in_progress", "in_progress", "completed");
    }

    @Test
    void without_latency_it_can_still_be_stopped() {
        Sim instant = Sim.standard();
        String id = Trees.of(instant.post(PATH, ASK + "}").body()).path("id").asText();
        instant.advance(Duration.ofMillis(900));

        Sim.Answer stopped = instant.post(PATH + "/" + id + "/cancel", "");
        instant.advance(Duration.ofSeconds(10));

        assertThat(Trees.of(stopped.body()).path("status").asText()).isEqualTo("cancelled");
        assertThat(instant.get(PATH + "/" + id).body()).isEqualTo(stopped.body());
    }

    @Test
    void without_latency_one_that_is_watched_takes_no_time() {
        Sim instant = Sim.standard();

        Sim.Answer stream = instant.post(PATH, ASK + ", \"stream\": true}");

        assertThat(stream.dues()).allMatch(due -> due == instant.nanos());
    }

    @Test
    void a_fault_that_ends_streams_lets_it_fail() {
        Sim faulty = Sim.with(builder -> builder.faults("error-event-overloaded"));
        String id = Trees.of(faulty.post(PATH, ASK + "}").body()).path("id").asText();
        faulty.advance(Duration.ofSeconds(2));
        faulty.faults().clear();

        JsonNode failed = Trees.of(faulty.get(PATH + "/" + id).body());

        assertThat(failed.path("status").asText()).isEqualTo("failed");
        assertThat(failed.at("/error/code").asText()).isEqualTo("server_is_overloaded");
        assertThat(failed.path("output")).isEmpty();
    }

    @Test
    void it_can_be_stopped_once_and_stays_stopped() {
        String id = Trees.of(sim.post(PATH, ASK + "}").body()).path("id").asText();

        Sim.Answer stopped = sim.post(PATH + "/" + id + "/cancel", "");
        Sim.Answer again = sim.post(PATH + "/" + id + "/cancel", "");
        sim.advance(Duration.ofMinutes(10));

        assertThat(Trees.of(stopped.body()).path("status").asText()).isEqualTo("cancelled");
        assertThat(Trees.of(stopped.body()).path("output")).isEmpty();
        assertThat(again.body()).isEqualTo(stopped.body());
        assertThat(sim.get(PATH + "/" + id).body()).isEqualTo(stopped.body());
    }

    @Test
    void stopping_one_that_is_done_changes_nothing() {
        String id = Trees.of(sim.post(PATH, ASK + "}").body()).path("id").asText();
        sim.advance(Duration.ofMinutes(10));

        String done = sim.get(PATH + "/" + id).body();

        assertThat(sim.post(PATH + "/" + id + "/cancel", "").body()).isEqualTo(done);
        assertThat(done).contains("\"status\": \"completed\"");
    }

    @Test
    void its_stream_tells_that_it_was_queued_and_is_not_padded() {
        Sim.Answer answer = sim.post(PATH, ASK + ", \"stream\": true}");

        List<JsonNode> events = answer.data().stream().map(Trees::of).toList();
        assertThat(EventGrammar.judge(events).path("status").asText()).isEqualTo("completed");
        assertThat(events.stream()
                        .limit(3)
                        .map(event -> event.path("type").asText() + " "
                                + event.at("/response/status").asText()))
                .containsExactly(
                        "response.created queued", "response.queued queued", "response.in_progress in_progress");
        assertThat(answer.body()).doesNotContain("obfuscation");
        assertThat(answer.dues()).isSorted();
    }

    @Test
    void a_resumed_stream_goes_on_with_the_same_events_at_the_same_times() {
        Sim.Answer whole = sim.post(PATH, ASK + ", \"stream\": true}");
        String id = Trees.of(whole.data().get(0)).at("/response/id").asText();
        int middle = whole.data().size() / 2;
        long then = whole.dues().get(middle) - sim.nanos();
        sim.advance(Duration.ofNanos(then));

        Sim.Answer rest = sim.get(PATH + "/" + id + "?stream=true&starting_after=" + (middle - 4));

        assertThat(rest.header("content-type")).isEqualTo("text/event-stream; charset=utf-8");
        assertThat(rest.data())
                .isEqualTo(whole.data().subList(middle - 3, whole.data().size()));
        assertThat(rest.dues().subList(0, 3)).containsOnly(sim.nanos());
        assertThat(rest.dues().subList(4, rest.dues().size()))
                .isEqualTo(whole.dues().subList(middle + 1, whole.dues().size()));
    }

    @Test
    void a_response_that_was_answered_at_once_can_be_streamed_later() {
        Sim.Answer plain = sim.post(PATH, "{\"model\": \"gpt-4o\", \"input\": \"Say hello\"}");
        String id = Trees.of(plain.body()).path("id").asText();

        List<JsonNode> events = sim.get(PATH + "/" + id + "?stream=true").data().stream()
                .map(Trees::of)
                .toList();
        List<JsonNode> rest = sim.get(PATH + "/" + id + "?stream=true&starting_after=3").data().stream()
                .map(Trees::of)
                .toList();

        JsonNode end = EventGrammar.judge(events);
        assertThat(end.path("output")).isEqualTo(Trees.of(plain.body()).path("output"));
        EventGrammar.judge(rest, 4);
        assertThat(rest).hasSize(events.size() - 4);
    }

    @Test
    void probabilities_are_as_exact_in_a_resumed_stream_as_in_the_first() {
        Sim.Answer whole = sim.post(
                PATH,
                ASK + ", \"stream\": true, \"include\": [\"message.output_text.logprobs\"], \"top_logprobs\": 2}");
        String id = Trees.of(whole.data().get(0)).at("/response/id").asText();

        Sim.Answer again = sim.get(PATH + "/" + id + "?stream=true");

        assertThat(again.data()).isEqualTo(whole.data());
    }

    @Test
    void only_a_response_in_the_background_can_be_stopped() {
        String id = Trees.of(sim.post(PATH, "{\"model\": \"gpt-4o\", \"input\": \"x\"}")
                        .body())
                .path("id")
                .asText();

        Sim.Answer answer = sim.post(PATH + "/" + id + "/cancel", "");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("\"message\": \"Cannot cancel a synchronous response.\"");
    }

    @Test
    void two_runs_are_the_same() {
        Sim other = Sim.of(7, "gpt-4o", List.of());

        assertThat(sim.post(PATH, ASK + ", \"stream\": true}"))
                .usingRecursiveComparison()
                .isEqualTo(other.post(PATH, ASK + ", \"stream\": true}"));
    }
}
