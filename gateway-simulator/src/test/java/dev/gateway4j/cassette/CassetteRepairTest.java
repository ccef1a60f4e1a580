package dev.gateway4j.cassette;

import static dev.gateway4j.cassette.Recordings.answer;
import static dev.gateway4j.cassette.Recordings.asking;
import static dev.gateway4j.cassette.Recordings.cassette;
import static dev.gateway4j.cassette.Recordings.chat;
import static dev.gateway4j.cassette.Recordings.chatting;
import static dev.gateway4j.cassette.Recordings.chunk;
import static dev.gateway4j.cassette.Recordings.events;
import static dev.gateway4j.cassette.Recordings.interaction;
import static dev.gateway4j.cassette.Recordings.json;
import static dev.gateway4j.cassette.Recordings.stream;
import static dev.gateway4j.cassette.Recordings.streaming;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.config.CassetteConfig;
import dev.gateway4j.cassette.CassetteRepair.Outcome;
import dev.gateway4j.cassette.CassetteVerifier.Plan;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CassetteRepairTest {
    private static final BigDecimal DOLLAR = BigDecimal.ONE;

    /** As go-vcr 4.0.5 writes, with a comment, a member nobody knows, and an id of its own. */
    private static final String QUOTED = """
            ---
            version: 2
            # kept by hand
            interactions:
            - id: 0
              request:
                proto: HTTP/1.1
                proto_major: 1
                proto_minor: 1
                content_length: 62
                host: api.openai.com
                body: "{\\"model\\":\\"gpt-blue\\",\\"messages\\":[{\\"content\\":\\"- id: 9\\"}],\\n\\"n\\":1}"
                headers:
                  Content-Type:
                  - application/json
                url: https://api.openai.com/v1/chat/completions
                method: POST
              response:
                proto: HTTP/2.0
                proto_major: 2
                proto_minor: 0
                content_length: 2
                body: "{}"
                headers:
                  Content-Type:
                  - application/json
                status: 200 OK
                code: 200
                duration: 1s
                x-note: by hand
            - id: 5
              request:
                proto: HTTP/1.1
                proto_major: 1
                proto_minor: 1
                content_length: 20
                host: api.openai.com
                body: "{\\"model\\":\\"gpt-blue\\"}"
                headers:
                  Content-Type:
                  - application/json
                url: https://api.openai.com/v1/chat/completions
                method: POST
              response:
                proto: HTTP/2.0
                proto_major: 2
                proto_minor: 0
                content_length: 2
                body: "{}"
                headers: {}
                status: 200 OK
                code: 200
                duration: 1s
            x-mine: "yes"
            """;

    @TempDir
    private Path directory;

    private Cassettes cassettes = Cassettes.onClasspath("nowhere");

    @BeforeEach
    void open() {
        cassettes = Cassettes.at(directory);
    }

    @Test
    void only_the_lines_of_the_replaced_interaction_change() throws IOException {
        cassettes.save(cassette("a", chatting("one", "1"), chatting("two", "old"), streaming("three", stream())));
        List<String> before = Files.readAllLines(directory.resolve("a.yaml"));

        Outcome outcome = repair().run(plan("a", 1), request -> answer(200, json(), chat("brand new")), DOLLAR);

        List<String> after = Files.readAllLines(directory.resolve("a.yaml"));
        assertThat(outcome.text())
                .isEqualTo("replaced a /interactions/1\n1 call sent, 1 replaced, 10 tokens, 0.00001 USD: 0 errors,"
                        + " 0 warnings, 0 for information\n");
        assertThat(after.subList(0, before.indexOf("    - id: 1")))
                .isEqualTo(before.subList(0, before.indexOf("    - id: 1")));
        assertThat(after.subList(after.indexOf("    - id: 2"), after.size()))
                .isEqualTo(before.subList(before.indexOf("    - id: 2"), before.size()));
        Interaction taken = cassettes.load("a").interactions().get(1);
        assertThat(taken.id()).isEqualTo(1);
        assertThat(taken.request()).isEqualTo(asking("two"));
        assertThat(taken.response().body().text().orElseThrow()).contains("brand new");
        assertThat(taken.response().extras().text(RecordedResponse.RECORDED_AT)).hasValue("2026-01-01T00:00:00Z");
        assertThat(taken.response().contentLength())
                .isEqualTo(taken.response().body().length());
    }

    @Test
    void a_file_of_another_dialect_keeps_its_lines() throws IOException {
        Files.writeString(directory.resolve("q.yaml"), QUOTED);

        repair().run(plan("q", 0), request -> answer(200, json(), chat("new")), DOLLAR);

        String text = Files.readString(directory.resolve("q.yaml"));
        int from = QUOTED.indexOf("- id: 0\n");
        int to = QUOTED.indexOf("- id: 5\n");
        assertThat(text).startsWith(QUOTED.substring(0, from)).endsWith(QUOTED.substring(to));
        Cassette cassette = cassettes.load("q");
        assertThat(cassette.interactions()).extracting(Interaction::id).containsExactly(0, 5);
        assertThat(cassette.interactions().get(0).response().extras().text("x-note"))
                .hasValue("by hand");
        assertThat(cassette.extras().text("x-mine")).hasValue("yes");
    }

    @Test
    void several_at_once_are_all_replaced() throws IOException {
        Files.writeString(directory.resolve("q.yaml"), QUOTED);

        Outcome outcome = repair().run(plan("q", 0, 1), request -> answer(200, json(), chat("new")), DOLLAR);

        assertThat(outcome.replaced()).hasSize(2);
        assertThat(cassettes.load("q").interactions())
                .allSatisfy(one ->
                        assertThat(one.response().body().text().orElseThrow()).contains("new"));
        assertThat(Files.readString(directory.resolve("q.yaml"))).contains("# kept by hand");
    }

    @Test
    void a_plan_sends_nothing_and_writes_nothing() throws IOException {
        cassettes.save(cassette("a", chatting("one", "1")));
        byte[] before = Files.readAllBytes(directory.resolve("a.yaml"));

        Plan plan = plan("a", 0);

        assertThat(plan.text())
                .isEqualTo(CassetteVerifier.of(cassettes, Recordings.prices(), ManualTime.standing())
                        .plan(List.of("a"))
                        .text());
        assertThat(Files.readAllBytes(directory.resolve("a.yaml"))).isEqualTo(before);
    }

    @Test
    void a_call_that_fails_leaves_the_file_as_it_was() throws IOException {
        cassettes.save(cassette("a", chatting("one", "1"), chatting("two", "2")));
        cassettes.save(cassette("b", chatting("three", "3")));
        byte[] before = Files.readAllBytes(directory.resolve("a.yaml"));
        SortedMap<String, SortedSet<Integer>> places = new TreeMap<>();
        places.put("a", new TreeSet<>(List.of(0, 1)));
        places.put("b", new TreeSet<>(List.of(0)));

        Outcome outcome = repair().run(
                        repair().plan(places),
                        request -> {
                            if (request.equals(asking("two"))) {
                                throw new IOException("reset");
                            }
                            return answer(200, json(), chat("new"));
                        },
                        DOLLAR);

        assertThat(Files.readAllBytes(directory.resolve("a.yaml"))).isEqualTo(before);
        assertThat(outcome.replaced())
                .extracting(CassetteVerifier.Call::cassette)
                .containsExactly("b");
        assertThat(outcome.text())
                .contains("error a /interactions/1 not-replaced: POST /v1/chat/completions: no whole")
                .contains("IOException: reset");
    }

    @Test
    void a_call_that_was_never_made_is_told_with_its_reason_and_costs_nothing() {
        cassettes.save(cassette("a", chatting("one", "1")));
        cassettes.save(cassette("b", chatting("two", "2")));
        Plan plan = CassetteVerifier.of(cassettes, Recordings.prices(), ManualTime.standing())
                .plan(List.of("a", "b"));

        Outcome outcome = repair().run(
                        plan,
                        request -> {
                            if (request.equals(asking("two"))) {
                                throw new CassetteException("it has no body");
                            }
                            throw new Sender.NotSentException("there is no key");
                        },
                        DOLLAR);

        assertThat(outcome.sent()).isZero();
        assertThat(outcome.spentUsd()).isZero();
        assertThat(outcome.text()).contains("nothing was sent: there is no key", "nothing was sent: it has no body");
    }

    @Test
    void an_error_or_half_a_stream_does_not_take_the_place_of_an_answer() throws IOException {
        cassettes.save(cassette("a", chatting("one", "1")));
        cassettes.save(cassette("s", streaming("two", stream())));
        byte[] chat = Files.readAllBytes(directory.resolve("a.yaml"));
        byte[] stream = Files.readAllBytes(directory.resolve("s.yaml"));

        Outcome failed = repair().run(plan("a", 0), request -> answer(429, json(), "{\"error\":{}}"), DOLLAR);
        Outcome cut = repair().run(plan("s", 0), request -> answer(200, events(), chunk("{}", "null")), DOLLAR);

        assertThat(failed.text()).contains("the answer was 429 where 200 was recorded");
        assertThat(cut.text()).contains("the stream stopped before its end");
        assertThat(Files.readAllBytes(directory.resolve("a.yaml"))).isEqualTo(chat);
        assertThat(Files.readAllBytes(directory.resolve("s.yaml"))).isEqualTo(stream);
    }

    @Test
    void a_cassette_that_the_budget_does_not_cover_is_not_begun() {
        cassettes.save(cassette("a", chatting("one", "1"), chatting("two", "2")));

        Outcome outcome = repair().run(
                        plan("a", 0, 1),
                        request -> {
                            throw new AssertionError("nothing may be sent");
                        },
                        new BigDecimal("0.000019"));

        assertThat(outcome.sent()).isZero();
        assertThat(outcome.text()).startsWith("warning a not-sent: nothing was sent for it:");
    }

    @Test
    void a_new_request_takes_the_place_of_the_old_one() {
        cassettes.save(cassette("a", chatting("one", "1"), chatting("two", "2")));

        repair().run(
                        repair().plan("a", Map.of(1, asking("another"))),
                        request -> answer(200, json(), chat(request.equals(asking("another")) ? "yes" : "no")),
                        DOLLAR);

        Interaction taken = cassettes.load("a").interactions().get(1);
        assertThat(taken.request().body().text().orElseThrow()).contains("another");
        assertThat(taken.response().body().text().orElseThrow()).contains("yes");
    }

    @Test
    void a_secret_in_the_new_answer_is_not_saved() throws IOException {
        cassettes.save(cassette("a", chatting("one", "1")));
        String secret = "sk-proj-" + "Ab3dEf6hIj9kLm2n".repeat(3);

        Outcome outcome = repair().run(
                        plan("a", 0),
                        request -> answer(200, json().with("Set-Cookie", "session=" + secret), chat(secret)),
                        DOLLAR);

        assertThat(Files.readString(directory.resolve("a.yaml")))
                .doesNotContain(secret)
                .doesNotContain("session=");
        assertThat(outcome.text()).doesNotContain(secret);
    }

    @Test
    void times_of_arrival_come_with_the_answer_and_old_marks_go() {
        RecordedResponse cut = answer(200, events(), "data: {\"a\":1}\n\n");
        cassettes.save(cassette(
                "s", interaction(asking("one"), cut.with(cut.extras().with(RecordedResponse.ENDING, "truncated")))));
        RecordedResponse live = answer(200, events(), stream());
        String chunks = "100+" + live.body().length();

        repair().run(plan("s", 0), request -> live.with(live.extras().with(RecordedResponse.CHUNKS, chunks)), DOLLAR);

        RecordedResponse taken = cassettes.load("s").interactions().get(0).response();
        assertThat(taken.extras().text(RecordedResponse.CHUNKS)).hasValue(chunks);
        assertThat(taken.extras().text(RecordedResponse.ENDING)).isEmpty();
        assertThat(taken.body()).isEqualTo(live.body());
    }

    @Test
    void what_changed_between_plan_and_run_is_not_overwritten() throws IOException {
        cassettes.save(cassette("a", chatting("one", "1")));
        Plan plan = plan("a", 0);
        cassettes.save(cassette("a", chatting("other", "2")));
        byte[] before = Files.readAllBytes(directory.resolve("a.yaml"));

        Outcome outcome = repair().run(plan, request -> answer(200, json(), chat("new")), DOLLAR);

        assertThat(outcome.text()).contains("interaction 0 has changed since it was read");
        assertThat(Files.readAllBytes(directory.resolve("a.yaml"))).isEqualTo(before);
    }

    @Test
    void a_place_that_is_not_there_is_refused() {
        cassettes.save(cassette("a", chatting("one", "1")));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan("a", 3))
                .withMessage("cassette a has no interaction 3; it has 1, counted from 0");
    }

    private Plan plan(String name, Integer... places) {
        return repair().plan(new TreeMap<>(Map.of(name, new TreeSet<>(List.of(places)))));
    }

    private CassetteRepair repair() {
        return CassetteRepair.of(
                cassettes, CassetteConfig.Scrub.CREDENTIALS, Recordings.prices(), ManualTime.standing());
    }
}
