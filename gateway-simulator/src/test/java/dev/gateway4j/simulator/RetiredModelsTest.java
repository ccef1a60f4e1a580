package dev.gateway4j.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models that were shut down: gpt-4-turbo and gpt-image-1 on 23 October 2026. The clock begins with that year. */
class RetiredModelsTest {
    private static final Duration UNTIL_IT_IS_GONE = Duration.ofDays(295);
    private static final String CHAT =
            "{\"model\": \"gpt-4-turbo\", \"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]}";

    private final Sim sim = Sim.standard();

    @Test
    void it_answers_until_its_last_day() {
        sim.pass(UNTIL_IT_IS_GONE.minusSeconds(1));

        Sim.Answer before = sim.chat(CHAT);
        sim.pass(Duration.ofSeconds(1));
        Sim.Answer after = sim.chat(CHAT);

        assertThat(before.status()).isEqualTo(200);
        assertThat(after.status()).isEqualTo(404);
        assertThat(after.body()).isEqualTo("""
                {
                  "error": {
                    "message": "The model `gpt-4-turbo` has been deprecated, learn more here: https://platform.openai.com/docs/deprecations",
                    "type": "invalid_request_error",
                    "param": null,
                    "code": "model_not_found"
                  }
                }""");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "/v1/responses | {'model': 'gpt-4-turbo', 'input': 'Hi'}",
                "/v1/completions | {'model': 'gpt-4-turbo', 'prompt': 'Hi'}",
                "/v1/images/generations | {'model': 'gpt-image-1', 'prompt': 'a fox'}",
            })
    void it_is_refused_wherever_models_answer(String path, String body) {
        sim.pass(UNTIL_IT_IS_GONE);

        Sim.Answer refused = sim.post(path, body.replace('\'', '"'));

        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.body()).contains("has been deprecated");
    }

    @Test
    void a_form_names_its_model_too() {
        sim.pass(UNTIL_IT_IS_GONE);

        Sim.Answer refused =
                sim.upload("/v1/images/edits", "image", "a.png", "x", "model", "gpt-image-1", "prompt", "x");

        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.body()).contains("The model `gpt-image-1` has been deprecated");
    }

    @Test
    void it_is_no_longer_listed() {
        sim.pass(UNTIL_IT_IS_GONE);

        assertThat(sim.get("/v1/models").body())
                .doesNotContain("\"gpt-4-turbo\"")
                .contains("\"gpt-5.6\"");
        assertThat(sim.get("/v1/models/gpt-4-turbo").status()).isEqualTo(404);
    }

    @Test
    void a_deployment_may_go_by_its_name() {
        sim.pass(UNTIL_IT_IS_GONE);

        Sim.Answer answer = sim.azure("/openai/deployments/gpt-4-turbo/chat/completions", CHAT);

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void it_answers_where_that_is_wanted() {
        Sim answering = Sim.with(SimulatedOpenAi.Builder::answerRetired);
        Sim lenient = Sim.judging(Strictness.LENIENT);
        answering.pass(UNTIL_IT_IS_GONE);
        lenient.pass(UNTIL_IT_IS_GONE);

        assertThat(answering.chat(CHAT).status()).isEqualTo(200);
        assertThat(lenient.chat(CHAT).status()).isEqualTo(200);
    }
}
