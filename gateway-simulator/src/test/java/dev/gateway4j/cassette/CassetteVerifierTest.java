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

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.cassette.CassetteVerifier.Basis;
import dev.gateway4j.cassette.CassetteVerifier.Drift;
import dev.gateway4j.cassette.CassetteVerifier.Plan;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CassetteVerifierTest {
    private static final BigDecimal DOLLAR = BigDecimal.ONE;

    @TempDir
    private Path directory;

    private Cassettes cassettes = Cassettes.onClasspath("nowhere");
    private final List<RecordedRequest> sent = new ArrayList<>();

    @BeforeEach
    void open() {
        cassettes = Cassettes.at(directory);
    }

    @Test
    void a_plan_says_what_will_be_sent_and_what_it_will_cost() {
        cassettes.save(cassette("a", chatting("one", "1"), streaming("two", stream())));

        Plan plan = plan();

        assertThat(plan.text()).isEqualTo("""
                        send a /interactions/0 POST /v1/chat/completions model=gpt-blue tokens=8+2 cost_usd=0.00001
                        send a /interactions/1 POST /v1/chat/completions model=gpt-blue tokens=17+4 (estimated) cost_usd=0.000021
                        2 calls to send, 0 refused: about 31 tokens, 0.000031 USD
                        """);
        assertThat(plan.expectedTokens()).isEqualTo(31);
        assertThat(plan.json()).contains("\"expected_usd\" : \"0.000031\"").contains("\"basis\" : \"estimated\"");
        assertThat(sent).isEmpty();
    }

    @Test
    void what_has_no_price_is_listed_apart_and_never_sent() {
        RecordedRequest red = asking("one").with(RecordedBody.of("{\"model\":\"red\",\"messages\":[]}"));
        cassettes.save(cassette("a", interaction(red, answer(200, json(), "{\"usage\":{\"total_tokens\":1}}"))));

        Plan plan = plan();
        Drift drift = verifier().run(plan, answering(answer(200, json(), "{}")), DOLLAR);

        assertThat(plan.unpriced()).hasSize(1);
        assertThat(plan.text()).contains("cost_usd=unknown").endsWith("0 USD, and 1 call of unknown price\n");
        assertThat(sent).isEmpty();
        assertThat(drift.text())
                .contains("not-sent")
                .contains("no price for red")
                .contains("give the model a price");
    }

    @Test
    void errors_and_questions_cost_nothing() {
        cassettes.save(cassette(
                "a",
                interaction(asking("one"), answer(400, json(), "{\"error\":{}}")),
                interaction(
                        RecordedRequest.of(
                                "GET", "https://api.openai.com/v1/models", Fields.none(), RecordedBody.empty()),
                        answer(200, json(), "{\"data\":[]}"))));

        Plan plan = plan();

        assertThat(plan.calls()).hasSize(2).allSatisfy(call -> assertThat(call.basis())
                .isEqualTo(Basis.FREE));
        assertThat(plan.expectedUsd()).isZero();
    }

    @Test
    void what_cannot_be_rebuilt_or_would_change_something_is_refused() {
        RecordedResponse ok = answer(200, json(), "{}");
        Fields form = new Fields(Map.of("Content-Type", List.of("multipart/form-data; boundary=x")));
        cassettes.save(cassette(
                "a",
                interaction(request("POST", "/v1/audio/transcriptions", form, "[multipart form data omitted]"), ok),
                interaction(request("POST", "/v1/responses", json(), "{\"input\":\"sk-scrubbed\"}"), ok),
                interaction(request("DELETE", "/v1/files/file-1", Fields.none(), ""), ok),
                interaction(request("POST", "/v1/fine_tuning/jobs", json(), "{}"), ok),
                interaction(request("POST", "/v1/responses", json(), "{\"previous_response_id\":\"resp_1\"}"), ok),
                interaction(request("POST", "/v1/responses", json(), "{\"input\":\"I scrubbed it\"}"), ok)));

        Plan plan = plan();

        assertThat(plan.calls()).extracting(CassetteVerifier.Call::interaction).containsExactly(5);
        assertThat(plan.refused()).hasSize(5).allSatisfy(found -> assertThat(found.rule())
                .isEqualTo("cannot-resend"));
    }

    @Test
    void an_answer_that_only_says_something_else_has_not_drifted() {
        cassettes.save(cassette("a", chatting("one", "1"), streaming("two", stream())));

        Drift drift = verifier()
                .run(
                        plan(),
                        request -> answer(
                                200,
                                sent(request) == 1 ? json() : events(),
                                sent.size() == 1
                                        ? chat("Something much longer.")
                                        : stream().replace("Hi", "Hello")),
                        DOLLAR);

        assertThat(drift.findings()).isEmpty();
        assertThat(drift.drifted()).isEmpty();
        assertThat(drift.sent()).isEqualTo(2);
        assertThat(sent.get(0)).isEqualTo(asking("one"));
    }

    @Test
    void a_run_stops_before_the_call_that_would_exceed_the_budget() {
        cassettes.save(cassette("a", chatting("one", "1"), chatting("two", "2"), chatting("three", "3")));

        Drift drift = verifier().run(plan(), answering(answer(200, json(), chat("x"))), new BigDecimal("0.00002"));

        assertThat(sent).hasSize(2);
        assertThat(drift.spentUsd()).isEqualByComparingTo("0.00002");
        assertThat(drift.notSent())
                .extracting(CassetteVerifier.Call::interaction)
                .containsExactly(2);
        assertThat(drift.text())
                .startsWith("warning a /interactions/2/request not-sent:")
                .contains("0.000030 USD and the budget is 0.00002 USD");
        assertThat(drift.drifted()).isEmpty();
    }

    @Test
    void what_an_answer_says_it_used_counts_instead_of_what_was_expected() {
        cassettes.save(cassette("a", chatting("one", "1"), chatting("two", "2")));
        String dear = chat("x").replace("\"completion_tokens\":2", "\"completion_tokens\":90");

        Drift drift = verifier().run(plan(), answering(answer(200, json(), dear)), new BigDecimal("0.0001"));

        assertThat(sent).hasSize(1);
        assertThat(drift.tokens()).isEqualTo(98);
        assertThat(drift.spentUsd()).isEqualByComparingTo("0.000098");
    }

    @Test
    void a_call_that_fails_is_told_and_the_next_one_goes_on() {
        cassettes.save(cassette("a", chatting("one", "1"), chatting("two", "2")));

        Drift drift = verifier()
                .run(
                        plan(),
                        request -> {
                            if (sent(request) == 1) {
                                throw new IOException("reset, with sk-test-blue-0000-1111-2222 in its message");
                            }
                            return answer(200, json(), chat("x"));
                        },
                        DOLLAR);

        assertThat(sent).hasSize(2);
        assertThat(drift.text())
                .startsWith("error a /interactions/0/request call-failed:")
                .contains("IOException: reset, with [key] in its message")
                .doesNotContain("sk-test");
        assertThat(drift.drifted()).isEmpty();
    }

    @Test
    void a_call_that_was_never_made_is_told_with_its_reason_and_costs_nothing() {
        cassettes.save(cassette("a", chatting("one", "1"), chatting("two", "2"), chatting("three", "3")));

        Drift drift = verifier()
                .run(
                        plan(),
                        request -> switch (sent(request)) {
                            case 1 -> throw new Sender.NotSentException("there is no key");
                            case 2 -> throw new CassetteException("it has no body");
                            default -> answer(200, json(), chat("x"));
                        },
                        DOLLAR);

        assertThat(drift.sent()).isEqualTo(1);
        assertThat(drift.notSent())
                .extracting(CassetteVerifier.Call::interaction)
                .containsExactly(0, 1);
        assertThat(drift.spentUsd()).isEqualByComparingTo("0.00001");
        assertThat(drift.text())
                .contains("error a /interactions/0/request not-sent", "there is no key")
                .contains("error a /interactions/1/request not-sent", "it has no body");
        assertThat(drift.drifted()).isEmpty();
    }

    @Test
    void an_error_that_may_be_gone_today_is_expected_to_cost_what_the_request_allows() {
        RecordedRequest capped =
                asking("one").with(RecordedBody.of("{\"model\":\"gpt-blue\",\"max_tokens\":50,\"messages\":[]}"));
        cassettes.save(cassette(
                "a",
                interaction(asking("one"), answer(429, json(), "{\"error\":{}}")),
                interaction(capped, answer(503, json(), "{\"error\":{}}")),
                interaction(asking("one"), answer(404, json(), "{\"error\":{}}"))));

        Plan plan = plan();

        assertThat(plan.calls())
                .extracting(CassetteVerifier.Call::basis)
                .containsExactly(Basis.ESTIMATED, Basis.ESTIMATED, Basis.FREE);
        assertThat(plan.calls())
                .extracting(call -> call.tokens().outputTokens())
                .containsExactly(1000L, 50L, 0L);
        assertThat(plan.expectedUsd()).isGreaterThan(new BigDecimal("0.001"));
    }

    @Test
    void some_interactions_of_a_cassette_are_planned_alone() {
        cassettes.save(cassette("a", chatting("one", "1"), chatting("two", "2"), chatting("three", "3")));

        Plan plan = verifier().plan(new TreeMap<>(Map.of("a", new TreeSet<>(Set.of(1)))));

        assertThat(plan.calls()).extracting(CassetteVerifier.Call::interaction).containsExactly(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/chat/completions",
                "/api/v1/chat/completions",
                "/openai/deployments/blue/chat/completions",
                "/chat/completions",
                "/api/paas/v4/chat/completions",
                "/v1/completions",
                "/v1/embeddings",
                "/v1/responses",
                "/openai/v1/responses",
                "/v1/moderations",
                "/v1/images/generations",
                "/v1/audio/speech",
                "/anthropic/v1/messages",
                "/v1/messages/count_tokens",
                "/v1beta/models/g:streamGenerateContent",
                "/v1/projects/p/locations/l/publishers/anthropic/models/c@1:rawPredict",
                "/model/us.c-v1%3A0/invoke-with-response-stream",
                "/model/us.c/converse"
            })
    void what_only_computes_is_sent(String path) {
        assertThat(objections("POST", path, "{\"model\":\"gpt-blue\"}")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "POST, /v1/files, {}",
                "POST, /v1/responses/resp_1/cancel, {}",
                "POST, /v1/chat/completions/chatcmpl_1, {}",
                "POST, /v1/threads/t/messages, {}",
                "POST, /v1/messages/batches, {}",
                "POST, /v1/audio/voices, {}",
                "POST, /v1/realtime/sessions, {}",
                "POST, /v1/whatever/comes/next, {}",
                "POST, /model/us.c/count, {}",
                "POST, /v1beta/models/g:batchGenerateContent, {}",
                "PUT, /v1/chat/completions, {}",
                "DELETE, /v1/models/mine, {}",
                "POST, /v1/responses, `{\"background\":true}`",
                "POST, /v1/responses, `{\"conversation\":\"conv_1\"}`",
                "POST, /v1/chat/completions, `{\"store\":true}`"
            })
    void what_may_leave_something_behind_is_refused(String method, String path, String body) {
        assertThat(objections(method, path, body)).singleElement().satisfies(found -> assertThat(found.message())
                .contains("record"));
    }

    private List<Finding> objections(String method, String path, String body) {
        cassettes.save(
                cassette("a", interaction(request(method, path, json(), body), answer(200, json(), "{\"id\":\"1\"}"))));
        return plan().refused();
    }

    @Test
    void status_and_media_type_are_compared_before_anything_else() {
        cassettes.save(cassette("a", chatting("one", "1"), chatting("two", "2")));

        Drift drift = verifier()
                .run(
                        plan(),
                        request -> sent(request) == 1
                                ? answer(404, json(), "{\"error\":{}}")
                                : answer(200, new Fields(Map.of("Content-Type", List.of("text/html"))), "<html>"),
                        DOLLAR);

        assertThat(lines(drift))
                .containsExactly(
                        "error a /interactions/0/response/code status-changed",
                        "error a /interactions/1/response/headers/Content-Type content-type-changed");
        assertThat(drift.drifted()).isEqualTo(Map.of("a", Set.of(0, 1)));
    }

    @Test
    void members_words_models_and_headers_are_told_with_their_place() {
        Fields before = json().with("X-Ratelimit-Limit-Requests", "60").with("Openai-Version", "2020-10-01");
        Fields after = json().with("openai-version", "2020-10-01")
                .with("openai-project", "proj_1")
                .with("x-ratelimit-limit-tokens", "7");
        cassettes.save(cassette("a", interaction(asking("one"), answer(200, before, chat("1")))));
        String changed = chat("1")
                .replace("\"refusal\":null", "\"annotations\":[]")
                .replace("\"stop\"", "\"length\"")
                .replace("gpt-blue-2", "gpt-blue-3");

        Drift drift = verifier().run(plan(), answering(answer(200, after, changed)), DOLLAR);

        assertThat(lines(drift))
                .containsExactly(
                        "error a /interactions/0/response/body#/choices/*/message/refusal member-removed",
                        "warning a /interactions/0/response/headers header-removed",
                        "warning a /interactions/0/response/body#/choices/*/finish_reason word-changed",
                        "info a /interactions/0/response/headers header-added",
                        "info a /interactions/0/response/body#/choices/*/message/annotations member-added",
                        "info a /interactions/0/response/body model-changed");
    }

    @Test
    void streams_are_compared_by_events_their_order_and_their_shapes() {
        String recorded = event("response.created", "{}")
                + event("response.delta", "{\"delta\":\"a\"}")
                + event("response.delta", "{\"delta\":\"b\"}")
                + event("response.done", "{}")
                + event("response.completed", "{}");
        String live = event("response.created", "{}")
                + event("response.done", "{}")
                + event("response.delta", "{\"delta\":7}")
                + event("response.new", "{}");
        cassettes.save(cassette("a", streaming("one", recorded)));

        Drift drift = verifier().run(plan(), answering(answer(200, events(), live)), DOLLAR);

        assertThat(lines(drift))
                .containsExactly(
                        "error a /interactions/0/response/body end-removed",
                        "error a /interactions/0/response/body#response.delta/delta type-changed",
                        "warning a /interactions/0/response/body event-added",
                        "warning a /interactions/0/response/body event-removed",
                        "warning a /interactions/0/response/body order-changed");
    }

    @Test
    void a_chat_that_takes_more_chunks_today_has_not_drifted() {
        cassettes.save(cassette("a", streaming("one", stream())));
        String longer = stream().replace("data: [DONE]", chunk("{\"content\":\"more\"}", "null") + "data: [DONE]");

        Drift drift = verifier().run(plan(), answering(answer(200, events(), longer)), DOLLAR);

        assertThat(drift.findings()).isEmpty();
    }

    @Test
    void the_same_answers_give_the_same_report() {
        cassettes.save(cassette("b", chatting("one", "1")));
        cassettes.save(cassette("a", chatting("two", "2")));
        RecordedResponse changed = answer(200, json(), "{\"x\":1}");

        Drift first = verifier().run(plan(), answering(changed), DOLLAR);
        Drift second = verifier().run(verifier().plan(List.of("b", "a")), answering(changed), DOLLAR);

        assertThat(first.text()).isEqualTo(second.text());
        assertThat(first.json()).isEqualTo(second.json());
    }

    private static String event(String type, String data) {
        return "event: " + type + "\ndata: " + data + "\n\n";
    }

    private static RecordedRequest request(String method, String path, Fields headers, String body) {
        return RecordedRequest.of(method, "https://api.openai.com" + path, headers, RecordedBody.of(body));
    }

    private Sender answering(RecordedResponse response) {
        return request -> {
            sent.add(request);
            return response;
        };
    }

    private int sent(RecordedRequest request) {
        sent.add(request);
        return sent.size();
    }

    private static List<String> lines(Drift drift) {
        return drift.findings().stream()
                .map(found -> found.toString().substring(0, found.toString().indexOf(": ")))
                .toList();
    }

    private Plan plan() {
        return verifier().plan(cassettes.names());
    }

    private CassetteVerifier verifier() {
        return CassetteVerifier.of(cassettes, Recordings.prices(), ManualTime.standing());
    }
}
