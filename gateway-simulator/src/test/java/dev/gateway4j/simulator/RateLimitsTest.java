package dev.gateway4j.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.api.spi.WireRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The simulator's own limits: what is charged, what is told, and how it refills. */
class RateLimitsTest {
    private static final String CHAT = "/v1/chat/completions";

    @Test
    void a_fault_of_a_scenario_comes_as_late_as_its_answer_and_tells_what_is_left() {
        Sandbox sandbox = Sandbox.empty();
        SimulatedOpenAi openAi = SimulatedOpenAi.builder()
                .config(Sim.config("instant", List.of()))
                .time(sandbox.time)
                .limits(RateLimits.parse("*: 3 rpm"))
                .build();
        openAi.scenarios()
                .add(Scenario.named("broken")
                        .answer(Answer.fault("500").after(Duration.ofSeconds(5)))
                        .then(Answer.fault("reset").after(Duration.ofSeconds(5))));
        WireRequest request = sandbox.request("POST", CHAT, Sandbox.chat("x"), WireHeaders.empty(), CallTags.none());

        WireReply failed = (WireReply) openAi.answer(request);
        Frame.Fault reset = (Frame.Fault) openAi.answer(request);

        long due = sandbox.time.nanos() + Duration.ofSeconds(5).toNanos();
        assertThat(failed.status()).isEqualTo(500);
        assertThat(failed.dueNanos()).isGreaterThanOrEqualTo(due);
        assertThat(failed.headers().first("x-ratelimit-remaining-requests")).contains("2");
        assertThat(reset.dueNanos()).isGreaterThanOrEqualTo(due);
    }

    @Test
    void a_request_too_many_waits_for_one_to_refill() {
        Sim sim = limited("*: 3 rpm");

        for (int remaining = 2; remaining >= 0; remaining--) {
            Sim.Answer admitted = ask(sim, "gpt-4o");
            assertThat(admitted.status()).isEqualTo(200);
            assertThat(admitted.header("x-ratelimit-remaining-requests")).isEqualTo(Integer.toString(remaining));
            assertThat(admitted.header("x-ratelimit-reset-requests"))
                    .isEqualTo(remaining == 0 ? "1m0s" : (3 - remaining) * 20 + "s");
        }
        Sim.Answer refused = ask(sim, "gpt-4o");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(message(refused))
                .isEqualTo(
                        "Rate limit reached for gpt-4o in organization org-Gateway4jSimulator000000 on requests per min (RPM):"
                                + " Limit 3, Used 3, Requested 1. Please try again in 20s."
                                + " Visit https://platform.openai.com/account/rate-limits to learn more.");
        assertThat(Trees.of(refused.body()).at("/error/type").asText()).isEqualTo("requests");
        assertThat(refused.header("retry-after")).isEqualTo("20");
        assertThat(refused.header("retry-after-ms")).isEqualTo("20000");
        assertThat(refused.header("x-ratelimit-remaining-requests")).isEqualTo("0");

        sim.advance(Duration.ofMillis(19_999));
        assertThat(ask(sim, "gpt-4o").status()).isEqualTo(429);
        sim.advance(Duration.ofMillis(1));
        assertThat(ask(sim, "gpt-4o").status()).isEqualTo(200);
    }

    /** What was used before, what is asked for, and what is said; the first row is a report of the real API. */
    @ParameterizedTest
    @CsvSource({
        "30000, 18928, 11159, 174ms, 1, 174",
        "30000, 29000, 4298, 6.596s, 7, 6596",
        "10000, 10000, 10000, 1m0s, 60, 60000",
        "10000, 9000, 9000, 48s, 48, 48000",
        "200000, 199000, 3300, 690ms, 1, 690",
        "90000, 90000, 2, 1ms, 1, 2"
    })
    void the_wait_for_tokens_is_what_is_over_divided_by_the_rate(
            long limit, long used, long requested, String text, String seconds, String millis) {
        Sim sim = limited("*: " + limit + " tpm");
        assertThat(charged(sim, used).status()).isEqualTo(200);

        Sim.Answer refused = charged(sim, requested);

        assertThat(message(refused))
                .contains("on tokens per min (TPM): Limit " + limit + ", Used " + used + ", Requested " + requested
                        + ". Please try again in " + text + ". Visit");
        assertThat(refused.header("retry-after")).isEqualTo(seconds);
        assertThat(refused.header("retry-after-ms")).isEqualTo(millis);
        assertThat(refused.header("x-ratelimit-remaining-tokens")).isEqualTo(Long.toString(limit - used));
        sim.advance(Duration.ofMillis(Long.parseLong(millis)));
        assertThat(charged(sim, requested).status()).isEqualTo(200);
    }

    @Test
    void a_request_larger_than_the_limit_never_passes_and_takes_nothing() {
        Sim sim = limited("*: 500 rpm, 30000 tpm");

        Sim.Answer refused = charged(sim, 30_601);

        assertThat(message(refused))
                .isEqualTo(
                        "Request too large for gpt-4o in organization org-Gateway4jSimulator000000 on tokens per min (TPM): Limit"
                                + " 30000, Requested 30601. The input or output tokens must be reduced in order to run successfully. Visit"
                                + " https://platform.openai.com/account/rate-limits to learn more.");
        assertThat(refused.allHeaders()).doesNotContain("retry-after");
        assertThat(refused.header("x-ratelimit-remaining-tokens")).isEqualTo("30000");
        assertThat(ask(sim, "gpt-4o").header("x-ratelimit-remaining-requests")).isEqualTo("499");
    }

    @Test
    void a_day_is_told_before_a_minute() {
        Sim sim = limited("tier-1");

        Sim.Answer answer = ask(sim, "gpt-4o-mini");

        assertThat(answer.header("x-ratelimit-limit-requests")).isEqualTo("10000");
        assertThat(answer.header("x-ratelimit-reset-requests")).isEqualTo("8.64s");
        assertThat(answer.header("x-ratelimit-limit-tokens")).isEqualTo("200000");
    }

    @Test
    void a_day_without_requests_left_says_so() {
        Sim sim = limited("*: 200 rpd");
        for (int i = 0; i < 200; i++) {
            ask(sim, "gpt-4o");
        }

        assertThat(message(ask(sim, "gpt-4o")))
                .contains("on requests per day (RPD): Limit 200, Used 200, Requested 1. Please try again in 7m12s.");
    }

    @Test
    void snapshots_share_and_models_do_not() {
        Sim sim = limited("*: 1 rpm");

        assertThat(ask(sim, "gpt-4o").status()).isEqualTo(200);
        assertThat(ask(sim, "gpt-4o-2024-08-06").status()).isEqualTo(429);
        assertThat(ask(sim, "gpt-4o-mini").status()).isEqualTo(200);
    }

    @Test
    void keys_of_an_organization_share_unless_told_otherwise() {
        Sim shared = limited("*: 1 rpm");
        Sim single = limited("*: 1 rpm per key");

        assertThat(as(shared, "sk-test-blue-0000", "org-a").status()).isEqualTo(200);
        assertThat(as(shared, "sk-test-green-0000", "org-a").status()).isEqualTo(429);
        assertThat(as(shared, "sk-test-green-0000", "org-b").status()).isEqualTo(200);
        assertThat(as(single, "sk-test-blue-0000", "org-a").status()).isEqualTo(200);
        assertThat(as(single, "sk-test-green-0000", "org-a").status()).isEqualTo(200);
        assertThat(as(single, "sk-test-blue-0000", "org-a").status()).isEqualTo(429);
    }

    @Test
    void a_request_that_is_wrong_counts_and_a_refused_one_does_not() {
        Sim sim = limited("*: 2 rpm");

        assertThat(sim.chat("{\"model\": \"gpt-4o\", \"messages\": []}").status())
                .isEqualTo(400);
        assertThat(ask(sim, "gpt-4o").header("x-ratelimit-remaining-requests")).isEqualTo("0");
        assertThat(ask(sim, "gpt-4o").status()).isEqualTo(429);
        sim.advance(Duration.ofSeconds(30));
        assertThat(ask(sim, "gpt-4o").status()).isEqualTo(200);
    }

    @Test
    void all_endpoints_of_a_model_draw_on_one_bucket() {
        Sim sim = limited("gpt-4o: 2 rpm; *: 100 rpm");

        assertThat(ask(sim, "gpt-4o").status()).isEqualTo(200);
        assertThat(respond(sim).status()).isEqualTo(200);
        assertThat(respond(sim).status()).isEqualTo(429);
        assertThat(sim.get("/v1/models").header("x-ratelimit-limit-requests")).isEqualTo("(absent)");
    }

    @Test
    void azure_refuses_in_its_own_words() {
        Sim sim = limited("*: 3 rpm");
        String path = "/openai/deployments/chat-blue/chat/completions?api-version=2024-10-21";
        byte[] body = ChatTest.ask("gpt-4o", "").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        for (int i = 0; i < 3; i++) {
            sim.send("POST", path, body);
        }

        Sim.Answer refused = sim.send("POST", path, body);

        assertThat(Trees.of(refused.body()).at("/error/code").asText()).isEqualTo("429");
        assertThat(message(refused))
                .startsWith(
                        "Requests to the ChatCompletions_Create Operation under Azure OpenAI API version 2024-10-21 have"
                                + " exceeded call rate limit of your current OpenAI S0 pricing tier. Please retry after 20 seconds.");
    }

    @Test
    void without_limits_headers_depend_on_the_request_alone() {
        Sim sim = Sim.standard();

        String first = ask(sim, "gpt-4o").header("x-ratelimit-remaining-requests");
        String second = ask(sim, "gpt-4o").header("x-ratelimit-remaining-requests");

        assertThat(first).isEqualTo("9999").isEqualTo(second);
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "tier-1", "tier-5 per key", "gpt-4o*: 500 rpm, 30000 tpm; *: 3 rpm per key"})
    void limits_read_back(String text) {
        assertThat(RateLimits.parse(text)).hasToString(text);
        assertThat(RateLimits.parse(text))
                .isEqualTo(RateLimits.parse(RateLimits.parse(text).toString()));
    }

    @Test
    void limits_of_a_tier_can_be_changed_for_some_models() {
        Sim sim = Sim.with(builder -> builder.limits(RateLimits.tier(1).with("gpt-4o", "7 rpm, 900 tpm")));

        assertThat(ask(sim, "gpt-4o").header("x-ratelimit-limit-requests")).isEqualTo("7");
        assertThat(ask(sim, "gpt-4.1").header("x-ratelimit-limit-requests")).isEqualTo("500");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tier-6",
                "tier-9 per key",
                "gpt-4o",
                "gpt-4o: many rpm",
                "gpt-4o: 0 rpm",
                "x: 5 rph",
                ": 5 rpm"
            })
    void limits_that_do_not_work_are_refused_with_the_reason(String text) {
        assertThatThrownBy(() -> RateLimits.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rpm");
    }

    private static Sim limited(String limits) {
        return Sim.with(builder -> builder.limits(RateLimits.parse(limits)));
    }

    private static Sim.Answer ask(Sim sim, String model) {
        return sim.chat(ChatTest.ask(model, ""));
    }

    private static Sim.Answer as(Sim sim, String key, String organization) {
        return sim.reply(
                "POST",
                CHAT,
                ChatTest.ask("gpt-4o", ""),
                "authorization",
                "Bearer " + key,
                "OpenAI-Organization",
                organization);
    }

    /** A chat that is charged so many tokens: a quarter of its characters, one for its message, one more. */
    private static Sim.Answer charged(Sim sim, long tokens) {
        String text = "x".repeat((int) Math.max(0, (tokens - 2) * 4));
        return tokens == 1
                ? sim.chat("{\"model\": \"gpt-4o\", \"messages\": []}")
                : sim.chat(
                        "{\"model\": \"gpt-4o\", \"messages\": [{\"role\": \"user\", \"content\": \"" + text + "\"}]}");
    }

    private static Sim.Answer respond(Sim sim) {
        return sim.post("/v1/responses", "{\"model\": \"gpt-4o\", \"input\": \"Say hello\"}");
    }

    private static String message(Sim.Answer answer) {
        return Trees.of(answer.body()).at("/error/message").asText();
    }
}
