package dev.gateway4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateway4j.simulator.Answer;
import dev.gateway4j.simulator.Journal;
import dev.gateway4j.simulator.Scenario;
import dev.gateway4j.simulator.Scenarios;
import dev.gateway4j.simulator.SeedData;
import dev.gateway4j.simulator.SimulatedOpenAi;
import dev.gateway4j.simulator.SimulatedState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The extension and {@link Verify} as a user's test has them. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ScenarioExtensionTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String CALLS =
            "{\"choices\": [{\"message\": {\"content\": null, \"tool_calls\": [{\"id\": \"c\", \"type\":"
                    + " \"function\", \"function\": {\"name\": \"get_weather\", \"arguments\": \"{\\\"city\\\": \\\"Paris\\\", \\\"days\\\":"
                    + " 2}\"}}, {\"id\": \"d\", \"function\": {\"name\": \"send_mail\", \"arguments\": \"{}\"}}]}}]}";

    @RegisterExtension
    static final GatewayExtension GATEWAY =
            GatewayExtension.simulated().scenarios(Path.of("../examples/training/scenarios/1-first-call.yaml"));

    @Test
    @Order(1)
    void a_test_is_handed_all_of_the_simulator(
            SimulatedOpenAi simulator, Scenarios scenarios, SeedData data, Journal journal, SimulatedState state) {
        assertThat(simulator).isSameAs(GATEWAY.simulator());
        assertThat(scenarios).isSameAs(simulator.scenarios());
        assertThat(data).isSameAs(simulator.seedData());
        assertThat(journal).isSameAs(simulator.journal());
        assertThat(state).isSameAs(simulator.state());
    }

    @Test
    @Order(2)
    void what_a_test_adds_answers_before_what_all_share(OkHttpClient client, Scenarios scenarios, Journal journal)
            throws IOException {
        scenarios.add(
                Scenario.named("mine").when(it -> it.userSays("hello there")).answer(Answer.text("Mine.")));
        scenarios.state("left", "behind").strict();
        GATEWAY.simulator().faults().add("500 nth=100");

        assertThat(say(client, "hello there")).contains("Mine.");
        assertThat(say(client, "hello")).contains("Hello! You are talking to a simulator");

        Verify.that(journal)
                .request(CHAT)
                .count(2)
                .forModel("gpt-4o")
                .whereUserSaid("there")
                .answeredBy("mine")
                .count(1)
                .and()
                .scenariosInOrder("mine", "first call")
                .nothingUnmatched();
    }

    @Test
    @Order(3)
    void in_the_next_test_it_is_gone(OkHttpClient client, Scenarios scenarios, Journal journal) throws IOException {
        assertThat(scenarios.list()).extracting(Scenario::name).containsExactly("first call", "stream");
        assertThat(scenarios.state("left")).isEmpty();
        assertThat(scenarios.isStrict()).isFalse();
        assertThat(GATEWAY.simulator().faults().list()).isEmpty();
        assertThat(journal.requests()).isEmpty();
        assertThat(say(client, "hello there")).doesNotContain("Mine.");
    }

    @Test
    @Order(4)
    void calls_of_tools_are_verified_by_name_argument_and_order(
            OkHttpClient client, Scenarios scenarios, Journal journal) throws IOException {
        scenarios.add(Scenario.named("tools")
                .when(it -> it.userSays("tools"))
                .answer(Answer.ordinary().body(CALLS)));

        say(client, "tools");

        Verify verify = Verify.that(journal);
        verify.toolCalled("get_weather").once().withArgument("/city", "Paris").withArgument("/days", 2);
        verify.toolCalled("send_mail").times(1).and().toolCalled("other").never();
        verify.toolsCalledInOrder("get_weather", "send_mail");
        assertThatThrownBy(() -> verify.toolCalled("get_weather").withArgument("/city", "Rome"))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith(
                        "expected a call of the tool get_weather with Rome at /city, found 1: {\"city\":"
                                + " \"Paris\", \"days\": 2}\nThe journal holds:\n  #1 POST /v1/chat/completions gpt-4o → 200");
        assertThatThrownBy(() -> verify.toolsCalledInOrder("send_mail", "get_weather"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(
                        "\"get_weather\" was not called at its place; called were [get_weather, send_mail]");
        assertThatThrownBy(() -> verify.request("/v1/embeddings").atLeast(1))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("expected at least 1 requests to /v1/embeddings, found 0");
    }

    @Test
    @Order(5)
    void an_unmatched_request_fails_the_test_with_a_rule_to_paste(OkHttpClient client, Journal journal)
            throws IOException {
        say(client, "something else");

        assertThatThrownBy(() -> Verify.that(journal).nothingUnmatched())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("none matched 1; a rule for the first:\n- name: \"something else\"\n  when:\n")
                .hasMessageContaining("user_says_exactly: \"something else\"")
                .hasMessageContaining(
                        "The nearest is \"stream\": user_says \"tell me a story\", but the user said last");
    }

    @Test
    @Order(6)
    void a_header_of_the_call_is_a_condition(OkHttpClient client, Scenarios scenarios) throws IOException {
        scenarios.add(Scenario.named("tenant").when(it -> it.tenant("acme")).answer(Answer.json(Map.of("t", "acme"))));

        try (Response response = client.newCall(request("x")
                        .newBuilder()
                        .header("X-Gateway-Tenant", "acme")
                        .build())
                .execute()) {
            assertThat(response.body().string()).contains("{\\\"t\\\":\\\"acme\\\"}");
        }
    }

    private static String say(OkHttpClient client, String text) throws IOException {
        try (Response response = client.newCall(request(text)).execute()) {
            return response.body().string();
        }
    }

    private static Request request(String text) {
        return new Request.Builder()
                .url("https://api.openai.com" + CHAT)
                .post(RequestBody.create(
                        "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}",
                        MediaType.get("application/json")))
                .build();
    }
}
