package dev.gateway4j.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What recordings show and the specification does not. */
class WireDetailsTest {
    private static final String CHAT = "\"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]";

    private final Sim sim = Sim.standard();

    @Test
    void a_function_without_strict_is_echoed_strict_and_closed() {
        Sim.Answer answer = sim.post("/v1/responses", """
                {"model": "gpt-4o", "input": "Hi", "tools": [{"type": "function", "name": "f",
                  "parameters": {"type": "object", "properties": {"a": {"type": "string"}}}}]}""");

        JsonNode tool = Trees.of(answer.body()).at("/tools/0");

        assertThat(Trees.names(tool))
                .containsExactly("type", "description", "name", "output_schema", "parameters", "strict");
        assertThat(tool.path("strict").asBoolean()).isTrue();
        assertThat(tool.path("parameters").path("additionalProperties").isBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'tools': [{'type': 'function', 'name': 'f'}], 'input': 'Hi'",
                "'tools': [{'type': 'function', 'name': 'f', 'strict': null, 'parameters': null}], 'input': 'Hi'",
                "'input': [{'role': 'user', 'content': [{'type': 'input_image', 'image_url': 'data:image/png;base64,AA=='}]}]",
                "'input': [{'type': 'message', 'role': 'assistant', 'content': [{'type': 'output_text', 'text': 'Hi'}]}]",
                "'input': [{'type': 'code_interpreter_call', 'container_id': 'cntr_1', 'code': '1'}, {'role': 'user', 'content': 'Hi'}]",
            })
    void the_service_does_without_some_of_what_the_specification_demands(String members) {
        Sim.Answer answer = sim.post("/v1/responses", "{\"model\": \"gpt-4o\", " + members.replace('\'', '"') + "}");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{'type': 'string'} | schema must be a JSON Schema of 'type: \"object\"', got 'type: \"string\"'.",
                "{'type': 'wrong'} | schema must be a JSON Schema of 'type: \"object\"', got 'type: \"wrong\"'.",
                "{'type': 'object', 'properties': {'a': {'type': 'wrong'}}} | 'wrong' is not valid under any of the given schemas.",
                "{'type': 'object', 'properties': {'a': {'type': 'array', 'items': {'type': 'int'}}}} | 'int' is not valid under any of the given schemas.",
            })
    void a_function_wants_a_schema_of_an_object(String schema, String problem) {
        String function = "\"name\": \"f\", \"parameters\": " + schema.replace('\'', '"');
        String message = "Invalid schema for function 'f': " + problem;

        ChatErrorsTest.requireError(
                sim.chat("{\"model\": \"gpt-4o\", " + CHAT + ", \"tools\": [{\"type\": \"function\", \"function\": {"
                        + function + "}}]}"),
                400,
                "tools[0].function.parameters",
                "invalid_function_parameters",
                message);
        ChatErrorsTest.requireError(
                sim.post(
                        "/v1/responses",
                        "{\"model\": \"gpt-4o\", \"input\": \"Hi\", \"tools\": [{\"type\": \"function\", " + function
                                + "}]}"),
                400,
                "tools[0].parameters",
                "invalid_function_parameters",
                message);
    }

    @Test
    void a_limit_that_reasoning_models_do_not_know_is_found_before_wrong_values() {
        ChatErrorsTest.requireError(
                sim.chat("{\"max_tokens\": 0, \"messages\": [{\"content\": null, \"role\": \"user\"}],"
                        + " \"model\": \"gpt-5-nano\", \"temperature\": -0.5}"),
                400,
                "max_tokens",
                "unsupported_parameter",
                "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens'"
                        + " instead.");
    }

    @Test
    void moderation_comes_along_where_it_is_asked_for() {
        JsonNode body =
                Trees.of(sim.chat("{\"model\": \"gpt-4o\", \"moderation\": {\"model\": \"omni-moderation-latest\"},"
                                + " \"messages\": [{\"role\": \"user\", \"content\": \"I will kill you\"}]}")
                        .body());

        JsonNode moderation = body.path("moderation");

        assertThat(Trees.names(moderation)).containsExactly("input", "output");
        assertThat(Trees.names(moderation.path("input"))).containsExactly("type", "model", "results");
        assertThat(moderation.at("/input/type").asText()).isEqualTo("moderation_results");
        assertThat(moderation.at("/input/results/0/flagged").asBoolean()).isTrue();
        assertThat(moderation.at("/output/results/0/flagged").asBoolean()).isFalse();
        assertThat(sim.chat("{\"model\": \"gpt-4o\", " + CHAT + "}").body()).doesNotContain("moderation");
    }

    @Test
    void a_stream_tells_its_moderation_after_its_usage() {
        List<String> data = sim.chat("{\"model\": \"gpt-4o\", \"stream\": true, \"moderation\": {\"model\":"
                        + " \"omni-moderation-latest\"}, \"stream_options\": {\"include_usage\": true}, " + CHAT + "}")
                .data();

        JsonNode usage = Trees.of(data.get(data.size() - 3));
        JsonNode moderation = Trees.of(data.get(data.size() - 2));

        assertThat(usage.path("usage").isObject()).isTrue();
        assertThat(moderation.path("choices")).isEmpty();
        assertThat(moderation.at("/moderation/output/results")).hasSize(1);
        assertThat(data.get(data.size() - 2).length() % 16).isEqualTo(1);
    }

    @Test
    void nothing_is_kept_of_what_is_refused() {
        SimulatedOpenAi openAi = SimulatedOpenAi.builder()
                .config(Sim.config("instant", List.of()))
                .seed(7)
                .build();
        Sim remembering = Sim.around(openAi);
        String wrong = "\"store\": true, \"prompt_cache_options\": {\"mode\": \"sometimes\"}}";

        Sim.Answer chat = remembering.chat("{\"model\": \"gpt-4o\", " + CHAT + ", " + wrong);
        Sim.Answer response = remembering.post("/v1/responses", "{\"model\": \"gpt-4o\", \"input\": \"Hi\", " + wrong);

        assertThat(List.of(chat.status(), response.status())).containsExactly(400, 400);
        assertThat(chat.body()).contains("prompt_cache_options.mode");
        assertThat(openAi.state().sizes()).isEmpty();
    }

    @Test
    void pictures_count_as_requests() {
        Sim.Answer answer = sim.post("/v1/images/generations", "{\"model\": \"gpt-image-2\", \"prompt\": \"a fox\"}");

        assertThat(answer.header("x-ratelimit-remaining-requests")).isEqualTo("9999");
        assertThat(answer.header("x-ratelimit-limit-tokens")).isEqualTo("(absent)");
    }

    @Test
    void the_edge_offers_its_newer_protocol() {
        assertThat(sim.get("/v1/models").header("alt-svc")).isEqualTo("h3=\":443\"; ma=86400");
    }

    @Test
    void who_asks_for_compression_gets_it() throws IOException {
        String body = "{\"model\": \"gpt-4o\", \"seed\": 1, " + CHAT + "}";
        Sim.Answer packed = sim.reply("POST", "/v1/embeddings", EMBEDDING, "accept-encoding", "br, gzip");
        Sim.Answer plain = sim.reply("POST", "/v1/embeddings", EMBEDDING, "accept-encoding", "gzip;q=0, br");
        Sim.Answer stream = sim.reply(
                "POST",
                "/v1/chat/completions",
                body.replace("}]}", "}], \"stream\": true}"),
                "accept-encoding",
                "gzip");

        String unpacked = new String(
                new GZIPInputStream(new ByteArrayInputStream(packed.bytes())).readAllBytes(), StandardCharsets.UTF_8);

        assertThat(packed.header("content-encoding")).isEqualTo("gzip");
        assertThat(packed.header("vary")).isEqualTo("Accept-Encoding");
        assertThat(unpacked).isEqualTo(plain.body());
        assertThat(plain.header("content-encoding")).isEqualTo("(absent)");
        assertThat(stream.header("content-encoding")).isEqualTo("(absent)");
        assertThat(stream.body()).contains("[DONE]");
    }

    private static final String EMBEDDING = "{\"model\": \"text-embedding-3-small\", \"input\": \"Hi\"}";

    @ParameterizedTest
    @ValueSource(
            strings = {"gpt-4o-does-not-exist", "no-such-deployment-x", "chat-not-found", "invalid_one", "wrong.model"})
    void a_deployment_that_looks_unknown_is_unknown(String name) {
        Sim.Answer answer = sim.azure("/openai/deployments/" + name + "/chat/completions", "{" + CHAT + "}");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).contains("DeploymentNotFound");
    }
}
