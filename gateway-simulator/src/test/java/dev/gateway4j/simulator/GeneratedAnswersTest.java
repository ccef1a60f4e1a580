package dev.gateway4j.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.config.GatewayConfigException;
import dev.gateway4j.simulator.internal.spec.SpecTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeneratedAnswersTest {
    private static final String SMALL = """
            openapi: 3.1.0
            info: {title: Small, version: "9"}
            paths:
              /things/{thing_id}:
                get:
                  parameters:
                    - {name: thing_id, in: path, required: true, schema: {type: string}}
                  responses:
                    "200": {content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}
            components:
              schemas:
                Thing:
                  type: object
                  required: [id, color]
                  properties:
                    id: {type: string}
                    color: {type: string, enum: [red, blue]}
            """;

    private final Sim strict = Sim.standard();
    private final Sim lenient = Sim.judging(Strictness.LENIENT);

    @Test
    void the_table_knows_all_operations() {
        SpecTable table = SpecTable.bundled();

        assertThat(table.operations()).hasSize(288);
        assertThat(table.version()).isEqualTo("2.3.0");
        assertThat(table.find("GET", "/videos/characters/c1", false)
                        .orElseThrow()
                        .name())
                .isEqualTo("GET /videos/characters/{character_id}");
        assertThat(table.find("POST", "/responses", true).orElseThrow().beta()).isTrue();
        assertThat(table.find("POST", "/responses", false).orElseThrow().beta()).isFalse();
    }

    @Test
    void the_thing_a_path_names_comes_back_under_its_id() {
        JsonNode eval = Trees.of(strict.get("/v1/evals/eval_abc").body());

        assertThat(eval.path("id").asText()).isEqualTo("eval_abc");
        assertThat(eval.path("object").asText()).isEqualTo("eval");
        assertThat(eval.path("created_at").isIntegralNumber()).isTrue();
    }

    @Test
    void what_is_asked_for_is_echoed_and_gets_an_id_of_its_kind() {
        JsonNode thread = Trees.of(strict.post("/v1/threads", "{\"metadata\": {\"team\": \"blue\"}}")
                .body());

        assertThat(thread.path("id").asText()).matches("thread_[0-9A-Za-z]{24}");
        assertThat(thread.path("metadata").path("team").asText()).isEqualTo("blue");
    }

    @Test
    void a_list_names_its_ends_and_keeps_to_the_limit() {
        JsonNode list = Trees.of(strict.get("/v1/evals?limit=1").body());

        assertThat(list.path("object").asText()).isEqualTo("list");
        assertThat(list.path("data")).hasSize(1);
        assertThat(list.path("first_id")).isEqualTo(list.path("data").path(0).path("id"));
        assertThat(list.path("last_id")).isEqualTo(list.path("data").path(0).path("id"));
        assertThat(list.path("has_more").asBoolean()).isFalse();
    }

    @Test
    void a_deletion_says_so() {
        JsonNode deleted =
                Trees.of(strict.send("DELETE", "/v1/evals/eval_1", new byte[0]).body());

        assertThat(deleted.path("object").asText()).isEqualTo("eval.deleted");
        assertThat(deleted.path("deleted").asBoolean()).isTrue();
        assertThat(deleted.path("eval_id").asText()).isEqualTo("eval_1");
    }

    @Test
    void the_same_request_gets_the_same_bytes_from_the_same_seed() {
        String first = strict.get("/v1/evals").body();

        assertThat(Sim.standard().get("/v1/evals").body()).isEqualTo(first);
        assertThat(strict.get("/v1/evals").body()).isNotEqualTo(first);
        assertThat(Sim.of(8, "instant", List.of()).get("/v1/evals").body()).isNotEqualTo(first);
    }

    @Test
    void an_unknown_path_is_not_found_and_a_known_one_names_the_method() {
        assertThat(strict.get("/v1/nothing").status()).isEqualTo(404);
        assertThat(strict.get("/v1/nothing").body()).contains("\"Invalid URL (GET /v1/nothing)\"");
        assertThat(strict.get("/nothing").body()).contains("\"unknown_url\"");
        assertThat(lenient.get("/v1/nothing").status()).isEqualTo(404);
        assertThat(strict.send("DELETE", "/v1/evals", new byte[0]).status()).isEqualTo(405);
        assertThat(strict.send("DELETE", "/v1/evals", new byte[0]).body())
                .contains("Not allowed to DELETE on /v1/evals.");
        assertThat(strict.get("/evals").status()).isEqualTo(200);
    }

    @Test
    void a_run_streams_its_events_in_order() {
        String body = strict.post("/v1/threads/thread_1/runs", "{\"assistant_id\": \"asst_1\", \"stream\": true}")
                .body();

        List<String> events =
                body.lines().filter(line -> line.startsWith("event: ")).toList();
        assertThat(events)
                .containsSubsequence(
                        "event: thread.created",
                        "event: thread.run.created",
                        "event: thread.run.queued",
                        "event: thread.run.in_progress",
                        "event: thread.message.created",
                        "event: thread.message.delta",
                        "event: thread.message.completed",
                        "event: thread.run.completed",
                        "event: done")
                .doesNotContain("event: error", "event: thread.run.failed");
        assertThat(body).endsWith("event: done\ndata: [DONE]\n\n");
    }

    @Test
    void bytes_are_sent_where_the_specification_says_so() {
        Sim.Answer zip = strict.get("/v1/skills/skill_1/content");

        assertThat(zip.header("content-type")).isEqualTo("application/zip");
        assertThat(zip.body()).startsWith("PK");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"model": "gpt-4o", "foo": 1} | foo | unknown_parameter | Unknown parameter: 'foo'.
            {"model": 1} | model | invalid_type | Invalid type for 'model': expected a string, but got an integer instead.
            {} | model | missing_required_parameter | Missing required parameter: 'model'.
            {"model": "gpt-4o", "temperature": 3} | temperature | decimal_above_max_value | Invalid 'temperature': decimal above maximum value. Expected a value <= 2, but got 3 instead.
            {"model": "gpt-4o", "tools": [{"type": "magic"}]} | tools[0].type | invalid_value | Invalid value: 'magic'. Supported values are: 'code_interpreter', 'file_search', and 'function'.
            {"model": "gpt-4o", "tools": [{"type": "function", "function": {}}]} | tools[0].function.name | missing_required_parameter | Missing required parameter: 'tools[0].function.name'.
            {"model": "gpt-4o", "tools": [{"type": "function", "function": {"name": "f", "x": 1}}]} | tools[0].function.x | unknown_parameter | Unknown parameter: 'tools[0].function.x'.
            {"model": "gpt-4o", "metadata": {"k": true}} | metadata.k | invalid_type | Invalid type for 'metadata.k': expected a string, but got a boolean instead.
            """)
    void a_strict_simulator_refuses_what_the_specification_does_not_declare(
            String body, String param, String code, String message) {
        Sim.Answer answer = strict.post("/v1/assistants", body);

        JsonNode error = Trees.of(answer.body()).path("error");
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(error.path("message").asText()).isEqualTo(message);
        assertThat(error.path("param").asText()).isEqualTo(param);
        assertThat(error.path("code").asText()).isEqualTo(code);
        assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
    }

    @Test
    void a_refused_request_of_chat_names_the_member_inside() {
        String ask = """
                {"model": "gpt-4o", "messages": [{"role": "user", "content": "x"}], "tools": [@]}""";

        assertThat(strict.chat(ask.replace("@", "{\"type\": \"function\", \"function\": {\"name\": \"f\", \"x\": 1}}"))
                        .body())
                .contains("\"Unknown parameter: 'tools[0].function.x'.\"");
        assertThat(strict.chat(ask.replace("@", "{\"type\": \"function\", \"function\": {\"name\": \"f\"}}"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void items_of_earlier_answers_come_back_without_some_of_what_they_had() {
        String replay = """
                {"model": "gpt-4o", "input": [
                  {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "two"}]},
                  {"role": "user", "content": "x"}]}""";

        assertThat(strict.post("/v1/responses", replay).status()).isEqualTo(200);
        assertThat(strict.post("/v1/responses", replay.replace("\"two\"", "\"two\", \"foo\": 1"))
                        .body())
                .contains("\"Unknown parameter: 'input[0].content[0].foo'.\"");
    }

    @Test
    void parameters_of_the_query_have_types() {
        assertThat(strict.get("/v1/evals?limit=many").body())
                .contains("\"Invalid type for 'limit': expected an integer, but got a string instead.\"");
        assertThat(strict.get("/v1/organization/costs").body()).contains("Missing required parameter: 'start_time'.");
        assertThat(strict.get("/v1/organization/costs?start_time=1&project_ids[]=a&project_ids[]=b")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_lenient_simulator_makes_up_what_was_never_created() {
        Sim.Answer got = lenient.get("/v1/responses/resp_never");
        Sim.Answer gone = lenient.send("DELETE", "/v1/models/ft-never", new byte[0]);

        assertThat(strict.get("/v1/responses/resp_never").status()).isEqualTo(404);
        assertThat(got.status()).isEqualTo(200);
        assertThat(Trees.of(got.body()).path("id").asText()).isEqualTo("resp_never");
        assertThat(gone.status()).isEqualTo(200);
        assertThat(Trees.of(gone.body()).path("deleted").asBoolean()).isTrue();
    }

    @Test
    void a_lenient_simulator_takes_any_model_and_any_member_but_not_a_missing_one() {
        String odd = """
                {"model": "nobody-knows", "messages": [{"role": "user", "content": "x"}], "max_tokens": 0, "foo": 1}""";

        assertThat(strict.chat(odd).status()).isEqualTo(404);
        assertThat(lenient.chat(odd).status()).isEqualTo(200);
        assertThat(lenient.chat(odd.replace("\"foo\": 1", "\"stream\": true")).body())
                .contains("\"object\":\"chat.completion.chunk\"")
                .endsWith("data: [DONE]\n\n");
        assertThat(lenient.chat("{\"model\": \"gpt-4o\"}").body())
                .contains("\"Missing required parameter: 'messages'.\"");
    }

    @Test
    void a_lenient_simulator_streams_a_response_nobody_stored() {
        Sim.Answer answer = lenient.get("/v1/responses/resp_never?stream=true");

        assertThat(answer.header("content-type")).startsWith("text/event-stream");
        assertThat(answer.body()).startsWith("event: response.created\n").contains("\"sequence_number\":1");
    }

    @Test
    void another_specification_can_be_loaded(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("small.yaml"), SMALL);

        SimulatedOpenAi openAi = SimulatedOpenAi.builder()
                .config(Sim.config("instant", List.of()))
                .time(ManualTime.standing())
                .seed(7)
                .spec(file)
                .build();

        assertThat(Sim.around(openAi).get("/v1/things/one").body()).isEqualTo("""
                {
                  "id": "one",
                  "color": "red"
                }""");
        assertThat(Sim.around(openAi).get("/v1/evals").status()).isEqualTo(404);
    }

    @Test
    void a_specification_that_cannot_be_used_says_all_that_is_wrong(@TempDir Path folder) throws IOException {
        assertThat(problems(folder.resolve("absent.yaml")))
                .containsExactly("the file: does not exist; give the path of an OpenAPI file");
        assertThat(problems(write(folder, "a: [1"))).singleElement().asString().startsWith("the file: is no YAML: ");
        assertThat(problems(write(folder, "just words")))
                .containsExactly("the file: holds no members; an OpenAPI document is one object");
        assertThat(problems(write(folder, "{\"swagger\": \"2.0\"}")))
                .singleElement()
                .asString()
                .startsWith("openapi: ");
        assertThat(problems(write(folder, "openapi: 2.9")))
                .containsExactly("openapi: is 2.9; only OpenAPI 3 can be read");
        assertThat(problems(write(
                        folder,
                        SMALL.replace("schemas/Thing\"", "schemas/Gone\"")
                                + "    Other: {$ref: \"#/components/schemas/Lost\"}\n")))
                .hasSize(2)
                .anySatisfy(problem -> assertThat(problem).contains("\"Gone\" leads nowhere"))
                .anySatisfy(problem -> assertThat(problem).contains("\"Lost\" leads nowhere"));
        assertThatThrownBy(() -> SimulatedOpenAi.builder()
                        .config(Sim.config("instant", List.of()))
                        .spec(folder.resolve("absent.yaml"))
                        .build())
                .isInstanceOf(GatewayConfigException.class);
    }

    private static Path write(Path folder, String text) throws IOException {
        return Files.write(folder.resolve("spec.yaml"), text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> problems(Path file) {
        try {
            SpecTable.load(file);
            return List.of();
        } catch (GatewayConfigException e) {
            return e.problems().stream()
                    .map(problem -> problem.path() + ": " + problem.message())
                    .toList();
        }
    }
}
