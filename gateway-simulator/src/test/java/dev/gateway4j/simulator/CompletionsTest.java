package dev.gateway4j.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.simulator.internal.tokens.Tokens;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompletionsTest {
    private final Sim sim = Sim.standard();

    @Test
    void a_plain_answer_looks_as_on_the_wire() {
        Sim.Answer answer = complete("\"prompt\": \"Say hello\", \"max_tokens\": 3");

        JsonNode body = Trees.of(answer.body());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body())
                .startsWith("{\n  \"id\": \"cmpl-")
                .contains("\n  \"object\": \"text_completion\",\n  \"created\": ")
                .contains("\n  \"model\": \"davinci:2023-07-21-v2\",\n  \"choices\": [\n    {\n      \"text\": ")
                .endsWith("""
                              "index": 0,
                              "logprobs": null,
                              "finish_reason": "length"
                            }
                          ],
                          "usage": {
                            "prompt_tokens": 2,
                            "completion_tokens": 3,
                            "total_tokens": 5
                          }
                        }
                        """);
        assertThat(body.path("id").asText()).matches("cmpl-[0-9A-Za-z]{29}");
        assertThat(answer.header("x-ratelimit-remaining-tokens")).isEqualTo(Long.toString(30_000_000 - 2 - 1));
    }

    @Test
    void an_answer_has_sixteen_tokens_where_nothing_is_said() {
        JsonNode body = Trees.of(complete("\"prompt\": \"Say hello\"").body());

        assertThat(body.at("/usage/completion_tokens").asInt()).isEqualTo(16);
        assertThat(new Tokens().count("davinci-002", body.at("/choices/0/text").asText()))
                .isEqualTo(16);
    }

    @Test
    void prompts_and_choices_have_a_bound_together() {
        String prompts = String.join(", ", Collections.nCopies(103, "\"x\""));

        String refused = complete("\"prompt\": [" + prompts + "], \"n\": 20, \"max_tokens\": 1")
                .body();

        assertThat(Trees.of(refused).at("/error/code").asText()).isEqualTo("array_above_max_length");
        assertThat(refused).contains("maximum length 102, but got an array with length 103");
    }

    @Test
    void prompts_and_choices_are_numbered_through() {
        JsonNode body = Trees.of(complete("\"prompt\": [\"Say hello\", \"Hello\"], \"n\": 2, \"max_tokens\": 4")
                .body());

        assertThat(body.path("choices")).hasSize(4);
        assertThat(body.at("/choices/3/index").asInt()).isEqualTo(3);
        assertThat(body.path("usage").toString())
                .isEqualTo("{\"prompt_tokens\":3,\"completion_tokens\":16,\"total_tokens\":19}");
        assertThat(Trees.of(complete("\"prompt\": [9906], \"max_tokens\": 4").body())
                        .at("/choices/0/text"))
                .isEqualTo(body.at("/choices/2/text"));
    }

    @Test
    void the_best_of_several_are_told_and_all_are_billed() {
        JsonNode body = Trees.of(complete("\"prompt\": \"Say hello\", \"best_of\": 3, \"n\": 1, \"max_tokens\": 4")
                .body());

        assertThat(body.path("choices")).hasSize(1);
        assertThat(body.at("/usage/completion_tokens").asInt()).isEqualTo(12);
    }

    @Test
    void an_echo_begins_with_the_prompt_and_tells_how_likely_it_was() {
        JsonNode choice = Trees.of(
                        complete("\"prompt\": \"Say hello\", \"echo\": true, \"logprobs\": 2, \"max_tokens\": 2")
                                .body())
                .at("/choices/0");

        JsonNode logprobs = choice.path("logprobs");
        assertThat(choice.path("text").asText()).startsWith("Say hello");
        assertThat(logprobs.properties())
                .extracting(java.util.Map.Entry::getKey)
                .containsExactly("tokens", "token_logprobs", "top_logprobs", "text_offset");
        assertThat(logprobs.path("tokens")).hasSize(4);
        assertThat(logprobs.at("/tokens/1").asText()).isEqualTo(" hello");
        assertThat(logprobs.at("/token_logprobs/0").isNull()).isTrue();
        assertThat(logprobs.at("/top_logprobs/0").isNull()).isTrue();
        assertThat(logprobs.at("/top_logprobs/1")).hasSize(2);
        assertThat(logprobs.at("/top_logprobs/1/ hello")).isEqualTo(logprobs.at("/token_logprobs/1"));
        assertThat(logprobs.at("/text_offset/0").asInt()).isZero();
        assertThat(logprobs.at("/text_offset/2").asInt()).isEqualTo("Say hello".length());
    }

    @Test
    void a_stream_says_what_a_plain_answer_says_and_bills_the_same() {
        String ask = "\"prompt\": [\"Say hello\", \"Say more\"], \"max_tokens\": 5, \"logprobs\": 0";
        JsonNode plain = Trees.of(complete(ask).body());

        List<String> data = complete(ask + ", \"stream\": true, \"stream_options\": {\"include_usage\": true}")
                .data();

        StringBuilder first = new StringBuilder();
        StringBuilder second = new StringBuilder();
        for (String line : data.subList(0, data.size() - 2)) {
            JsonNode chunk = Trees.of(line);
            JsonNode choice = chunk.at("/choices/0");
            (choice.path("index").asInt() == 0 ? first : second)
                    .append(choice.path("text").asText());
            assertThat(chunk.path("usage").isNull()).isTrue();
            assertThat(line).doesNotContain("obfuscation");
        }
        assertThat(first).hasToString(plain.at("/choices/0/text").asText());
        assertThat(second).hasToString(plain.at("/choices/1/text").asText());
        assertThat(Trees.of(data.get(data.size() - 2)).path("usage")).isEqualTo(plain.path("usage"));
        assertThat(data.get(data.size() - 1)).isEqualTo("[DONE]");
        assertThat(data).hasSize(12);
        assertThat(data.get(9)).contains("\"finish_reason\":\"length\"");
        assertThat(data.get(0))
                .matches("\\{\"id\":\"cmpl-\\w{29}\",\"object\":\"text_completion\",\"created\":\\d+,\"choices\":"
                        + "\\[\\{\"text\":.*,\"index\":0,\"logprobs\":\\{\"tokens\":.*},\"finish_reason\":null}],\"model\":"
                        + "\"davinci:2023-07-21-v2\",\"usage\":null}");
    }

    @Test
    void an_answer_that_is_complete_ends_with_an_empty_chunk() {
        String whole = Trees.of(complete("\"prompt\": \"Say hello\"").body())
                .at("/choices/0/text")
                .asText();
        String stop = whole.substring(8, 12);

        List<String> data = complete("\"prompt\": \"Say hello\", \"stream\": true, \"stop\": \"" + stop + "\"")
                .data();

        assertThat(data.get(data.size() - 2))
                .contains("{\"text\":\"\",\"index\":0,\"logprobs\":null,\"finish_reason\":\"stop\"}");
    }

    @Test
    void wrong_requests_get_the_errors_of_the_wire() {
        ChatErrorsTest.requireError(
                sim.post("/v1/completions", "{\"model\": \"gpt-4o\", \"prompt\": \"x\"}"),
                404,
                "model",
                null,
                "This is a chat model and not supported in the v1/completions endpoint. Did you mean to use"
                        + " v1/chat/completions?");
        ChatErrorsTest.requireError(
                sim.post("/v1/completions", "{\"model\": \"nope\", \"prompt\": \"x\"}"),
                404,
                null,
                "model_not_found",
                "The model `nope` does not exist or you do not have access to it.");
        ChatErrorsTest.requireError(
                complete("\"max_tokens\": -1, \"prompt\": \"\", \"temperature\": 3"),
                400,
                "max_tokens",
                "integer_below_min_value",
                "Invalid 'max_tokens': integer below minimum value. Expected a value >= 0, but got -1 instead.");
        ChatErrorsTest.requireError(
                complete("\"prompt\": \"x\", \"logprobs\": 6"),
                400,
                "logprobs",
                "integer_above_max_value",
                "Invalid 'logprobs': integer above maximum value. Expected a value <= 5, but got 6 instead.");
        ChatErrorsTest.requireError(
                complete("\"prompt\": \"x\", \"n\": 2, \"best_of\": 1"),
                400,
                "best_of",
                null,
                "You requested that the server return more choices than it will generate (HINT: you must set 'n' (currently 2) to be"
                        + " at most 'best_of' (currently 1), or omit either parameter if you don't specifically want to use them.)");
        ChatErrorsTest.requireError(
                complete("\"prompt\": \"x\", \"messages\": []"),
                400,
                "messages",
                "unknown_parameter",
                "Unknown parameter: 'messages'.");
        ChatErrorsTest.requireError(
                complete("\"prompt\": [[]]"),
                400,
                null,
                null,
                "'$.prompt' is invalid. Please check the API reference: https://platform.openai.com/docs/api-reference.");
    }

    @Test
    void a_wrong_prompt_is_refused_or_accepted_and_never_a_failure() {
        for (String value : Fields.VALUES) {
            assertThat(complete("\"prompt\": " + value).status())
                    .as("prompt: " + value)
                    .isIn(200, 400);
        }
    }

    private Sim.Answer complete(String members) {
        return sim.post("/v1/completions", "{\"model\": \"davinci-002\", " + members + "}");
    }
}
