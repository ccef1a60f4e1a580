package dev.gateway4j.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.Secret;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.WireReply;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JournalTest {
    private final Sandbox sandbox = Sandbox.empty();
    private final Journal journal = sandbox.openAi.journal();

    @Test
    void every_request_and_answer_is_kept_in_order() {
        sandbox.openAi
                .scenarios()
                .add(Scenario.named("hi").when(it -> it.userSays("hi")).answer(Answer.text("Hello.")));
        sandbox.time.advance(Duration.ofSeconds(3));

        sandbox.say("hi");
        sandbox.post("/v1/embeddings", "{\"model\": \"text-embedding-3-small\", \"input\": \"x\"}");
        sandbox.post("/v1/nowhere", "{}");

        assertThat(journal.requests())
                .extracting(JournalEntry::toString)
                .containsExactly(
                        "#1 POST /v1/chat/completions gpt-4o → 200 (scenario hi, answer 1)",
                        "#2 POST /v1/embeddings text-embedding-3-small → 200 (generated)",
                        "#3 POST /v1/nowhere → 404 (generated)");
        JournalEntry first = journal.requests().get(0);
        assertThat(first.arrived()).isEqualTo("2026-01-01T00:00:03Z");
        assertThat(first.userSaid()).isEqualTo("hi");
        assertThat(first.text()).isEqualTo("Hello.");
        assertThat(first.reply().ending()).isEqualTo("complete");
        assertThat(first.origin().scenario()).contains("hi");
        assertThat(first.origin().seed()).isEqualTo(7);
        assertThat(journal.requests("/v1/embeddings")).hasSize(1);
    }

    @Test
    void a_secret_in_the_path_or_the_model_never_enters_either() {
        String key = "sk-test-canary-journal-0002";
        Secret canary = Secret.of("canary2", key);
        sandbox.openAi
                .scenarios()
                .add(Scenario.named("mine").when(it -> it.model("gpt-4")).answer(Answer.text("Hello.")));

        sandbox.post("/v1/files/" + key, "{}");
        sandbox.post(Sandbox.CHAT, Sandbox.chat("x").replace("gpt-4o", key));

        assertThat(journal.size()).isEqualTo(2);
        assertThat(journal.requests().toString()).doesNotContain(key);
        assertThat(journal.requests())
                .extracting(entry -> entry.endpoint() + entry.origin().nearest())
                .noneMatch(text -> text.contains(key))
                .first()
                .asString()
                .contains("[secret:canary2]");
        assertThat(canary.toString()).doesNotContain(key);
    }

    @Test
    void an_answer_is_kept_as_far_as_it_was_pulled() {
        WireReply reply = (WireReply) sandbox.openAi.answer(sandbox.request(
                "POST",
                Sandbox.CHAT,
                Sandbox.chat("x").replace("{\"model", "{\"stream\": true, \"model"),
                WireHeaders.empty(),
                CallTags.none()));
        assertThat(journal.requests().get(0).reply().body()).isEmpty();

        byte[] first = ((Frame.Chunk) reply.frames().next()).bytes();
        assertThat(journal.requests().get(0).reply().body()).isEqualTo(first);
        assertThat(journal.requests().get(0).reply().ending()).isEqualTo("open");

        reply.frames().close();
        assertThat(journal.requests().get(0).reply().body()).isEqualTo(first);
        assertThat(journal.requests().get(0).reply().ending()).isEqualTo("closed early");
    }

    @Test
    void secrets_never_enter() {
        Secret canary = Secret.of("canary", "sk-test-canary-journal-0001");
        String key = "sk-test-canary-journal-0001";
        sandbox.openAi.scenarios().add(Scenario.named("echo").answer(Answer.template("{{last_message}}")));

        sandbox.read(sandbox.request(
                "POST",
                Sandbox.CHAT + "?api-key=" + key + "&x=" + key,
                Sandbox.chat("my key is " + key),
                WireHeaders.of("authorization", "Bearer something", "x-note", key),
                CallTags.none()));

        JournalEntry entry = journal.requests().get(0);
        String all = entry.query()
                + entry.bodyText()
                + entry.reply().bodyText()
                + entry.headers().entries()
                + entry.curl()
                + entry.scenario()
                + entry;
        assertThat(all).doesNotContain(key).doesNotContain("Bearer something").contains("[secret:canary]");
        assertThat(entry.headers().first("authorization")).contains("[redacted]");
        assertThat(canary.toString()).doesNotContain(key);
    }

    @Test
    void a_hundred_thousand_requests_stay_within_the_bound() {
        String body = "x".repeat(2_000);

        for (int i = 0; i < 100_000; i++) {
            String unusedError = sandbox.post("/v1/nowhere", body);
        }

        assertThat(journal.requests().size()).isLessThanOrEqualTo(10_000).isGreaterThan(5_000);
        assertThat(journal.bytes()).isLessThanOrEqualTo(32L << 20).isGreaterThan(8L << 20);
        assertThat(journal.dropped()).isEqualTo(100_000L - journal.requests().size());
        assertThat(journal.requests().get(0).number()).isEqualTo(journal.dropped() + 1);
    }

    @Test
    void answers_count_while_they_are_being_pulled_and_dropping_one_frees_it() {
        journal.bound(100, 40_000);
        sandbox.openAi.scenarios().add(Scenario.named("long").answer(Answer.text("word ".repeat(300))));
        String stream = Sandbox.chat("x").replace("{\"model", "{\"stream\": true, \"model");
        WireReply open = (WireReply) sandbox.openAi.answer(
                sandbox.request("POST", Sandbox.CHAT, stream, WireHeaders.empty(), CallTags.none()));
        Frame unusedFirst = open.frames().next();

        sandbox.post(Sandbox.CHAT, stream);
        String rest = Sandbox.drain(open);

        assertThat(rest).contains("[DONE]");
        assertThat(journal.bytes()).isLessThanOrEqualTo(40_000).isNotNegative();
        assertThat(journal.dropped()).isEqualTo(2);
        journal.clear();
        assertThat(journal.bytes()).isZero();
    }

    @Test
    void sixteen_threads_lose_no_request() throws InterruptedException {
        List<String> ids = Threads.all(16, thread -> IntStream.range(0, 200)
                .mapToObj(i -> Trees.of(sandbox.post(Sandbox.CHAT, Sandbox.chat("t" + thread + " " + i)))
                        .path("id")
                        .asText())
                .toList());

        List<JournalEntry> requests = journal.requests();
        assertThat(requests).hasSize(3200);
        assertThat(requests.stream().map(JournalEntry::number)).isSorted().doesNotHaveDuplicates();
        assertThat(requests.stream()
                        .map(it -> Trees.of(it.reply().bodyText()).path("id").asText()))
                .containsExactlyInAnyOrderElementsOf(ids);
        assertThat(journal.dropped()).isZero();
    }

    @Test
    void an_unmatched_request_names_the_nearest_scenario_and_the_rule_to_add() {
        Scenarios scenarios = sandbox.openAi.scenarios();
        scenarios.add(Scenario.named("weather")
                .when(it -> it.userSays("weather").turn(2))
                .answer(Answer.text("Sunny")));

        String said = sandbox.say("the weather?");

        JournalEntry entry = journal.unmatched().get(0);
        assertThat(entry.origin().nearest().orElseThrow().toString())
                .isEqualTo("The nearest is \"weather\": turn \"2\", but it is turn 1.");
        assertThat(entry.scenario()).startsWith("""
                        - name: "the weather"
                          when:
                            endpoint: "/v1/chat/completions"
                            model: "gpt-4o"
                            user_says_exactly: "the weather?"
                          answer: {"text":""").contains(said.substring(0, 20));
        scenarios.load("pasted.yaml", entry.scenario());
        assertThat(sandbox.say("the weather?")).isEqualTo(said);
        assertThat(journal.requests().get(1).origin().scenario()).contains("the weather");
    }

    @Test
    void without_scenarios_nothing_is_unmatched() {
        sandbox.say("x");

        assertThat(journal.unmatched()).isEmpty();
    }

    @Test
    void scenarios_that_could_have_answered_as_well_are_named() {
        sandbox.openAi
                .scenarios()
                .add(
                        Scenario.named("a").when(it -> it.userSays("a")).answer(Answer.text("a")),
                        Scenario.named("b").when(it -> it.userSays("b")).answer(Answer.text("b")));

        sandbox.say("a and b");

        assertThat(journal.requests().get(0).origin().rivals()).containsExactly("a");
    }

    @Test
    void a_request_is_exported_as_a_command_line() {
        sandbox.post(Sandbox.CHAT, Sandbox.chat("it's"));

        assertThat(journal.requests().get(0).curl()).isEqualTo("""
                        curl -N -X POST "${SIMULATOR:-http://127.0.0.1:4010}"'/v1/chat/completions' \\
                          -H "Authorization: Bearer ${OPENAI_API_KEY:-none}" \\
                          -H 'Content-Type: application/json' \\
                          --data-binary '{"model": "gpt-4o", "messages": [{"role": "user", "content": "it'\\''s"}]}'
                        """);
    }

    @Test
    void calls_of_tools_are_read_back_from_every_form() {
        sandbox.openAi
                .scenarios()
                .add(
                        raw(
                                "plain",
                                "{\"choices\": [{\"message\": {\"tool_calls\": [{\"function\": {\"name\": \"a\", \"arguments\":"
                                        + " \"{\\\"x\\\":1}\"}}]}}]}"),
                        raw(
                                "stream",
                                "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"name\":\"b\","
                                        + "\"arguments\":\"\"}}]}}]}\n\ndata: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,"
                                        + "\"function\":{\"arguments\":\"{}\"}}]}}]}\n\ndata: [DONE]\n\n"),
                        raw(
                                "response",
                                "{\"output\": [{\"type\": \"function_call\", \"name\": \"c\", \"arguments\": \"{}\"}]}"),
                        raw(
                                "events",
                                "event: response.output_item.done\ndata: {\"type\":\"response.output_item.done\",\"item\":{\"type\":"
                                        + "\"custom_tool_call\",\"name\":\"d\",\"input\":\"hey\"}}\n\n"));

        List.of("plain", "stream", "response", "events")
                .forEach(text -> sandbox.post(Sandbox.CHAT, Sandbox.chat(text)));

        assertThat(journal.requests().stream().flatMap(it -> it.toolCalls().stream()))
                .containsExactly(
                        new Answer.Call("a", "{\"x\":1}"),
                        new Answer.Call("b", "{}"),
                        new Answer.Call("c", "{}"),
                        new Answer.Call("d", "hey"));
    }

    private static Scenario raw(String name, String body) {
        return Scenario.named(name)
                .when(it -> it.userSaysExactly(name))
                .answer(Answer.ordinary().body(body));
    }
}
