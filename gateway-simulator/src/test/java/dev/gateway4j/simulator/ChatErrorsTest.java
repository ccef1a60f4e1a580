package dev.gateway4j.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class ChatErrorsTest {
    private static final String FUNCTION = ", \"tools\": [{\"type\": \"function\", \"function\": {\"name\": \"f\"}}]";

    private final Sim sim = Sim.standard();

    @ParameterizedTest
    @CsvFileSource(resources = "/chat-errors.csv", delimiter = '|', quoteCharacter = '`', numLinesToSkip = 1)
    void a_wrong_member_gets_the_error_of_the_wire(
            String members, @Nullable String param, @Nullable String code, String message) {
        String talk =
                members.startsWith("\"messages\"") ? "" : "\"messages\": [{\"role\": \"user\", \"content\": \"x\"}], ";

        Sim.Answer answer = sim.chat("{\"model\": \"gpt-4o\", " + talk + members + "}");

        requireError(answer, 400, param, code, message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "gpt-5|\"top_p\": 0.5|top_p|unsupported_parameter|Unsupported parameter: 'top_p' is not supported with this model.",
                "gpt-5|\"stop\": \"x\"|stop|unsupported_parameter|Unsupported parameter: 'stop' is not supported with this model.",
                "gpt-5|\"logprobs\": true|logprobs|unsupported_parameter|Unsupported parameter: 'logprobs' is not supported with this"
                        + " model.",
                "gpt-5|\"presence_penalty\": 1|presence_penalty|unsupported_parameter|Unsupported parameter: 'presence_penalty' is not"
                        + " supported with this model."
            })
    void a_model_that_reasons_refuses_what_does_not_go_with_it(
            String model, String member, String param, String code, String message) {
        requireError(sim.chat(ChatTest.ask(model, ", " + member)), 400, param, code, message);
    }

    @Test
    void some_models_take_functions_only_where_they_do_not_reason() {
        String message =
                "Function tools with reasoning_effort are not supported for gpt-5.6-sol in /v1/chat/completions. To use"
                        + " function tools, use /v1/responses or set reasoning_effort to 'none'.";

        requireError(sim.chat(ChatTest.ask("gpt-5.6-sol", FUNCTION)), 400, "reasoning_effort", null, message);
        assertThat(sim.chat(ChatTest.ask("gpt-5.6-sol", FUNCTION + ", \"reasoning_effort\": \"none\""))
                        .status())
                .isEqualTo(200);
        assertThat(sim.chat(ChatTest.ask("gpt-5.2", FUNCTION)).status()).isEqualTo(200);
    }

    @Test
    void too_many_tools_and_too_much_metadata_are_counted() {
        String tools = IntStream.range(0, 129)
                .mapToObj(i -> "{\"type\": \"function\", \"function\": {\"name\": \"f" + i + "\"}}")
                .collect(Collectors.joining(","));
        String pairs =
                IntStream.range(0, 17).mapToObj(i -> "\"k" + i + "\": \"v\"").collect(Collectors.joining(","));

        requireError(
                sim.chat(ChatTest.ask("gpt-4o", ", \"tools\": [" + tools + "]")),
                400,
                "tools",
                "array_above_max_length",
                "Invalid 'tools': array too long. Expected an array with maximum length 128, but got an array with length 129"
                        + " instead.");
        requireError(
                sim.chat(ChatTest.ask("gpt-4o", ", \"store\": true, \"metadata\": {" + pairs + "}")),
                400,
                "metadata",
                "object_above_max_properties",
                "Invalid 'metadata': too many properties. Expected an object with at most 16 properties, but got an object with 17"
                        + " properties instead.");
    }

    @Test
    void a_prompt_that_leaves_no_room_for_the_answer_is_refused() {
        String much = "word ".repeat(7_000);

        Sim.Answer answer = sim.chat("{\"model\": \"gpt-4\", \"max_tokens\": 8000, \"messages\": [{\"role\": \"user\","
                + " \"content\": \"" + much + "\"}]}");

        requireError(
                answer,
                400,
                "messages",
                "context_length_exceeded",
                "This model's maximum context length is 8192 tokens. However, you requested 15008 tokens (7008 in the messages,"
                        + " 8000 in the completion). Please reduce the length of the messages or completion.");
    }

    static void requireError(
            Sim.Answer answer, int status, @Nullable String param, @Nullable String code, String message) {
        JsonNode error = Trees.of(answer.body()).path("error");
        assertThat(error.path("message").asText()).isEqualTo(message);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
        assertThat(error.path("param").asText(null)).isEqualTo(param);
        assertThat(error.path("code").asText(null)).isEqualTo(code);
    }
}
