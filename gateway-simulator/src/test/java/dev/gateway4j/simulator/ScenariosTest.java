package dev.gateway4j.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.simulator.Scenario.Exhausted;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScenariosTest {
    private static final String TOOL_LOOP = "{\"model\": \"gpt-4o\", \"messages\": ["
            + "{\"role\": \"user\", \"content\": \"weather?\"},"
            + "{\"role\": \"assistant\", \"content\": null, \"tool_calls\": [{\"id\": \"call_1\", \"type\": \"function\","
            + " \"function\": {\"name\": \"get_weather\", \"arguments\": \"{}\"}}]},"
            + "{\"role\": \"tool\", \"tool_call_id\": \"call_1\", \"content\": \"{\\\"temp\\\": 21.0, \\\"sky\\\": \\\"clear\\\"}\"}";

    private final Sandbox sandbox = Sandbox.empty();
    private final Scenarios scenarios = sandbox.openAi.scenarios();

    @Test
    void one_scenario_answers_chat_responses_and_streams_alike() {
        scenarios.add(Scenario.named("sun").when(it -> it.userSays("WEATHER")).answer(Answer.text("Sunny, 21 °C.")));

        String stream = sandbox.post(
                Sandbox.CHAT, Sandbox.chat("the weather?").replace("{\"model", "{\"stream\": true, \"model"));
        String response = sandbox.post("/v1/responses", "{\"model\": \"gpt-4o\", \"input\": \"the weather?\"}");

        assertThat(sandbox.say("the weather?")).isEqualTo("Sunny, 21 °C.");
        assertThat(Trees.of(response).at("/output/0/content/0/text").asText()).isEqualTo("Sunny, 21 °C.");
        assertThat(sandbox.openAi.journal().requests().get(0).text()).isEqualTo("Sunny, 21 °C.");
        assertThat(stream).startsWith("data: ").endsWith("data: [DONE]\n\n");
    }

    @Test
    void priority_comes_first_then_the_more_special_match_then_the_later_one() {
        scenarios.add(
                Scenario.named("first").when(it -> it.userSays("a")).answer(Answer.text("first")),
                Scenario.named("second").when(it -> it.userSays("b")).answer(Answer.text("second")));
        assertThat(sandbox.say("a b")).isEqualTo("second");

        scenarios.add(Scenario.named("special")
                .when(it -> it.userSays("a").model("gpt-4*"))
                .answer(Answer.text("special")));
        scenarios.add(Scenario.named("later").when(it -> it.userSays("a")).answer(Answer.text("later")));
        assertThat(sandbox.say("a b")).isEqualTo("special");

        scenarios.add(Scenario.named("urgent").priority(1).answer(Answer.text("urgent")));
        assertThat(sandbox.say("a b")).isEqualTo("urgent");
    }

    @Test
    void answers_follow_one_another_and_end_as_chosen() {
        scenarios.add(
                Scenario.named("rest").answer(Answer.text("rest")),
                Scenario.named("last")
                        .when(it -> it.userSays("last"))
                        .answer(Answer.text("1"))
                        .then(Answer.text("2")),
                Scenario.named("next")
                        .when(it -> it.userSays("next"))
                        .answer(Answer.text("1"))
                        .whenExhausted(Exhausted.NEXT_RULE),
                Scenario.named("error")
                        .when(it -> it.userSays("error"))
                        .answer(Answer.text("1"))
                        .whenExhausted(Exhausted.ERROR));

        assertThat(List.of(sandbox.say("last"), sandbox.say("last"), sandbox.say("last")))
                .containsExactly("1", "2", "2");
        assertThat(List.of(sandbox.say("next"), sandbox.say("next"))).containsExactly("1", "rest");
        assertThat(sandbox.say("error")).isEqualTo("1");
        assertThat(sandbox.post(Sandbox.CHAT, Sandbox.chat("error")))
                .contains("The scenario \\\"error\\\" has given all of its 1 answers; add one with \\\"then\\\".")
                .contains("\"code\": \"scenario_exhausted\"");
        scenarios.reset();
        assertThat(sandbox.say("last")).isEqualTo("1");
    }

    @Test
    void all_choices_of_one_request_get_the_same_step() {
        scenarios.add(Scenario.named("steps").answer(Answer.text("1")).then(Answer.text("2")));

        String body = sandbox.post(Sandbox.CHAT, Sandbox.chat("x").replace("{\"model", "{\"n\": 3, \"model"));

        assertThat(IntStream.range(0, 3).mapToObj(i -> Trees.of(body)
                        .at("/choices/" + i + "/message/content")
                        .asText()))
                .containsExactly("1", "1", "1");
        assertThat(sandbox.say("x")).isEqualTo("2");
    }

    @Test
    void a_tool_is_answered_until_the_user_speaks_again() {
        scenarios.add(
                Scenario.named("ask").answer(Answer.text("ask")),
                Scenario.named("told")
                        .when(it -> it.tool("get_weather").answered())
                        .answer(Answer.text("told")));

        assertThat(sandbox.say("weather?")).isEqualTo("ask");
        assertThat(Sandbox.text(sandbox.post(Sandbox.CHAT, TOOL_LOOP + "]}"))).isEqualTo("told");
        assertThat(Sandbox.text(sandbox.post(
                        Sandbox.CHAT, TOOL_LOOP + ", {\"role\": \"user\", \"content\": \"and tomorrow?\"}]}")))
                .isEqualTo("ask");
    }

    @Test
    void results_of_tools_are_looked_into_by_pattern_and_pointer_and_in_both_dialects() {
        scenarios.add(
                Scenario.named("warm")
                        .when(it -> it.tool("get_weather").answeredWith("/temp", 21))
                        .answer(Answer.text("warm")),
                Scenario.named("rain")
                        .when(it -> it.tool("get_weather").answeredMatching("rain|snow"))
                        .answer(Answer.text("rain")));
        String responses = "{\"model\": \"gpt-4o\", \"input\": [{\"role\": \"user\", \"content\": \"weather?\"},"
                + "{\"type\": \"function_call\", \"call_id\": \"c\", \"name\": \"get_weather\", \"arguments\": \"{}\"},"
                + "{\"type\": \"function_call_output\", \"call_id\": \"c\", \"output\": \"heavy rain\"}]}";

        assertThat(Sandbox.text(sandbox.post(Sandbox.CHAT, TOOL_LOOP + "]}"))).isEqualTo("warm");
        assertThat(Trees.of(sandbox.post("/v1/responses", responses))
                        .at("/output/0/content/0/text")
                        .asText())
                .isEqualTo("rain");
    }

    @Test
    void turns_are_those_of_the_user_whatever_else_is_said() {
        scenarios.add(
                Scenario.named("one").when(it -> it.turn(1)).answer(Answer.text("one")),
                Scenario.named("two").when(it -> it.turn(2)).answer(Answer.text("two")));
        String system = "{\"role\": \"system\", \"content\": \"be brief\"},";
        String first = "{\"role\": \"user\", \"content\": \"hi\"}";
        String second = first + ", {\"role\": \"assistant\", \"content\": \"hello\"}, " + first + ", " + first;

        assertThat(Sandbox.text(sandbox.post(Sandbox.CHAT, messages(system + first))))
                .isEqualTo("one");
        assertThat(Sandbox.text(sandbox.post(Sandbox.CHAT, messages(system + system + second))))
                .isEqualTo("two");
    }

    @Test
    void headers_tags_members_and_streaming_are_conditions() {
        scenarios.add(
                Scenario.named("rest").answer(Answer.text("rest")),
                Scenario.named("header").when(it -> it.header("X-Test", "7")).answer(Answer.text("header")),
                Scenario.named("tenant")
                        .when(it -> it.tenant("acme").feature("search"))
                        .answer(Answer.text("tenant")),
                Scenario.named("cold").when(it -> it.body("/temperature", 0)).answer(Answer.text("cold")),
                Scenario.named("user").when(it -> it.bodyMatches("/user", "^b")).answer(Answer.text("user")),
                Scenario.named("seeded").when(it -> it.hasBody("/seed")).answer(Answer.text("seeded")));
        CallTags tags = CallTags.none().withTenant("acme").withFeature("search");

        assertThat(Sandbox.text(sandbox.post(Sandbox.chat("x"), WireHeaders.of("x-test", "7"), CallTags.none())))
                .isEqualTo("header");
        assertThat(Sandbox.text(sandbox.post(Sandbox.chat("x"), WireHeaders.empty(), tags)))
                .isEqualTo("tenant");
        assertThat(member("\"temperature\": 0.0")).isEqualTo("cold");
        assertThat(member("\"user\": \"bea\"")).isEqualTo("user");
        assertThat(member("\"seed\": 3")).isEqualTo("seeded");
        assertThat(member("\"seed\": null")).isEqualTo("rest");
    }

    @Test
    void an_answer_sets_a_state_that_another_requires() {
        scenarios.add(
                Scenario.named("order")
                        .when(it -> it.userSays("order"))
                        .answer(Answer.text("done").setState("cart", "full")),
                Scenario.named("full")
                        .when(it -> it.userSays("cart").state("cart", "full"))
                        .answer(Answer.text("one book")),
                Scenario.named("empty")
                        .when(it -> it.userSays("cart").state("cart", ""))
                        .answer(Answer.text("nothing")));

        assertThat(List.of(sandbox.say("cart"), sandbox.say("order"), sandbox.say("cart")))
                .containsExactly("nothing", "done", "one book");
        assertThat(scenarios.state("cart")).isEqualTo("full");
    }

    @Test
    void a_raw_answer_is_sent_as_it_stands_by_any_endpoint_and_before_any_check() {
        scenarios.add(
                Scenario.named("busy")
                        .when(it -> it.userSays("busy"))
                        .answer(Answer.status(503).header("retry-after", "2")),
                Scenario.named("models")
                        .when(it -> it.endpoint("/v1/models").method("get"))
                        .answer(Answer.ordinary().body(Map.of("data", List.of()))));

        WireReply busy = (WireReply) sandbox.openAi.answer(sandbox.request(
                "POST",
                Sandbox.CHAT,
                "{\"messages\": [{\"role\": \"user\", \"content\": \"busy\"}]}",
                WireHeaders.empty(),
                CallTags.none()));
        String models = sandbox.read(sandbox.request("GET", "/v1/models", "", WireHeaders.empty(), CallTags.none()));

        assertThat(busy.status()).isEqualTo(503);
        assertThat(busy.headers().first("retry-after")).contains("2");
        assertThat(busy.headers().first("x-request-id")).isPresent();
        assertThat(Trees.of(Sandbox.drain(busy)).at("/error/message").asText())
                .isEqualTo("The scenario \"busy\" answers 503.");
        assertThat(models).isEqualTo("{\n  \"data\": []\n}");
    }

    @Test
    void first_an_error_then_the_answer() {
        scenarios.add(Scenario.named("flaky").answer(Answer.status(500)).then(Answer.text("fine")));

        assertThat(sandbox.status(Sandbox.CHAT, Sandbox.chat("x"))).isEqualTo(500);
        assertThat(sandbox.say("x")).isEqualTo("fine");
    }

    @Test
    void what_was_said_in_an_earlier_response_counts() {
        scenarios.add(
                Scenario.named("rest").answer(Answer.text("rest")),
                Scenario.named("blue")
                        .when(it -> it.anyMessage("colour is blue").userSays("which"))
                        .answer(Answer.text("blue")),
                Scenario.named("raw")
                        .when(it -> it.anyMessage("colour is blue").userSays("fail"))
                        .answer(Answer.status(418)));
        String first = sandbox.post("/v1/responses", "{\"model\": \"gpt-4o\", \"input\": \"my colour is blue\"}");
        String after =
                ", \"previous_response_id\": \"" + Trees.of(first).path("id").asText() + "\"}";

        String second = sandbox.post("/v1/responses", "{\"model\": \"gpt-4o\", \"input\": \"which one?\"" + after);

        assertThat(Trees.of(second).at("/output/0/content/0/text").asText()).isEqualTo("blue");
        assertThat(sandbox.status("/v1/responses", "{\"model\": \"gpt-4o\", \"input\": \"fail\"" + after))
                .isEqualTo(418);
    }

    @Test
    void a_delay_moves_every_part() {
        scenarios.add(Scenario.named("slow").answer(Answer.text("late").after(Duration.ofSeconds(2))));

        WireReply reply = (WireReply) sandbox.openAi.answer(
                sandbox.request("POST", Sandbox.CHAT, Sandbox.chat("x"), WireHeaders.empty(), CallTags.none()));

        assertThat(reply.dueNanos()).isEqualTo(2_000_000_000L);
        assertThat(reply.frames().next().dueNanos()).isEqualTo(2_000_000_000L);
        reply.frames().close();
    }

    @Test
    void usage_and_finish_are_claimed() {
        scenarios.add(
                Scenario.named("claims").answer(Answer.text("x").usage(11, 22).finish("content_filter")));

        String body = sandbox.post(Sandbox.CHAT, Sandbox.chat("x"));

        assertThat(Trees.of(body).at("/usage/prompt_tokens").asInt()).isEqualTo(11);
        assertThat(Trees.of(body).at("/usage/completion_tokens").asInt()).isEqualTo(22);
        assertThat(Trees.of(body).at("/choices/0/finish_reason").asText()).isEqualTo("content_filter");
    }

    @Test
    void json_and_templates_are_said() {
        scenarios.add(
                Scenario.named("json").when(it -> it.userSays("json")).answer(Answer.json(Map.of("ok", true))),
                Scenario.named("echo")
                        .when(it -> it.userSays("echo"))
                        .answer(Answer.template("{{#upper}}{{last_message}}{{/upper}}!")));

        assertThat(sandbox.say("json")).isEqualTo("{\"ok\":true}");
        assertThat(sandbox.say("echo me")).isEqualTo("ECHO ME!");
    }

    @Test
    void strict_names_the_nearest_scenario_and_why_it_does_not_match() {
        scenarios
                .add(
                        Scenario.named("weather")
                                .when(it -> it.userSays("weather").model("gpt-4o*"))
                                .answer(Answer.text("Sunny")),
                        Scenario.named("far")
                                .when(it -> it.userSays("tides").turn(9))
                                .answer(Answer.text("High")))
                .strict();

        String body = sandbox.post(Sandbox.CHAT, Sandbox.chat("Hello there"));

        assertThat(Trees.of(body).at("/error/code").asText()).isEqualTo("scenario_not_found");
        assertThat(Trees.of(body).at("/error/message").asText())
                .isEqualTo(
                        "No scenario matches this request to /v1/chat/completions. The nearest is \"weather\": user_says \"weather\","
                                + " but the user said last \"Hello there\".");
        assertThat(sandbox.status(Sandbox.CHAT, Sandbox.chat("Hello there"))).isEqualTo(404);
        assertThat(sandbox.say("weather")).isEqualTo("Sunny");
        scenarios.lenient();
        assertThat(sandbox.say("Hello there")).hasSizeGreaterThan(20);
    }

    @Test
    void a_scenario_that_cannot_work_is_refused_and_nothing_is_added() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scenarios.add(
                        Scenario.named("fine").answer(Answer.text("x")),
                        Scenario.named("empty").when(it -> it.turn(1))))
                .withMessage("scenario \"empty\" has no answer; give it one with answer(...)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scenarios.add(Scenario.named("t").answer(Answer.template("{{nobody}}"))))
                .withMessageContaining("{{nobody}}: there is no such name");
        assertThat(scenarios.list()).isEmpty();
    }

    @Test
    void a_scenario_of_the_same_name_takes_the_place_of_the_other() {
        scenarios.add(Scenario.named("a").answer(Answer.text("old")));
        scenarios.add(Scenario.named("a").answer(Answer.text("new")));

        assertThat(sandbox.say("x")).isEqualTo("new");
        assertThat(scenarios.remove("a")).isTrue();
        assertThat(scenarios.list()).isEmpty();
    }

    @Test
    void rules_that_never_answer_and_rules_that_compete_are_told() {
        scenarios.add(
                Scenario.named("blocked")
                        .when(it -> it.userSays("weather in paris"))
                        .answer(Answer.text("1")),
                Scenario.named("all weather").when(it -> it.userSays("weather")).answer(Answer.text("2")),
                Scenario.named("tutor").when(it -> it.system("tutor")).answer(Answer.text("3")),
                Scenario.named("mini").when(it -> it.model("gpt-4o-mini")).answer(Answer.text("4")),
                Scenario.named("large").when(it -> it.model("gpt-4o")).answer(Answer.text("5")));

        assertThat(scenarios.notices())
                .containsExactly(
                        "\"blocked\" never answers: whatever it matches, \"all weather\" matches too and comes first; give it a priority,"
                                + " or another condition",
                        "\"all weather\", \"tutor\" weigh the same (3) and can match the same request; then the one defined last answers."
                                + " Give one of them a priority, or another condition");
    }

    @Test
    void sixteen_threads_share_a_sequence_without_losing_a_step() throws InterruptedException {
        Scenario counted = Scenario.named("counted").whenExhausted(Exhausted.NEXT_RULE);
        for (int i = 0; i < 800; i++) {
            counted = counted.then(Answer.text("step " + i));
        }
        scenarios.add(counted, Scenario.named("rest").priority(-1).answer(Answer.text("rest")));

        List<String> said = Threads.all(16, thread -> IntStream.range(0, 60)
                .mapToObj(i -> sandbox.say("t" + thread + " " + i))
                .toList());

        assertThat(said).hasSize(960);
        assertThat(said.stream().filter(text -> text.startsWith("step")).distinct())
                .hasSize(800);
        assertThat(said.stream().filter("rest"::equals)).hasSize(160);
    }

    private String member(String member) {
        return Sandbox.text(
                sandbox.post(Sandbox.CHAT, Sandbox.chat("x").replace("{\"model", "{" + member + ", \"model")));
    }

    private static String messages(String messages) {
        return "{\"model\": \"gpt-4o\", \"messages\": [" + messages + "]}";
    }
}
