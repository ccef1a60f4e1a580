package dev.gateway4j.simulator;

import static dev.gateway4j.simulator.FilesTest.error;
import static dev.gateway4j.simulator.FilesTest.id;
import static dev.gateway4j.simulator.FilesTest.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchesTest {
    private static final String CHAT = "/v1/chat/completions";

    private final Sim sim = Sim.standard();

    @Test
    void a_batch_is_run_against_the_simulator() {
        String batch = id(create(line("a", "gpt-4o") + line("b", "gpt-4o")));

        sim.pass(Duration.ofSeconds(1));
        JsonNode running = look(batch);
        sim.pass(Duration.ofSeconds(1));
        JsonNode finalizing = look(batch);
        sim.pass(Duration.ofSeconds(1));
        JsonNode completed = look(batch);

        assertThat(running.path("status").asText()).isEqualTo("in_progress");
        assertThat(running.path("model").asText()).isEqualTo("gpt-4o-2024-08-06");
        assertThat(running.at("/request_counts/total").asInt()).isEqualTo(2);
        assertThat(finalizing.path("status").asText()).isEqualTo("finalizing");
        assertThat(completed.path("status").asText()).isEqualTo("completed");
        assertThat(completed.at("/request_counts/completed").asInt()).isEqualTo(2);
        assertThat(completed.path("error_file_id").isNull()).isTrue();
        assertThat(completed.path("completed_at").asLong()
                        - completed.path("created_at").asLong())
                .isEqualTo(3);
        List<JsonNode> lines = lines(completed.path("output_file_id").asText());
        assertThat(lines).extracting(line -> line.path("custom_id").asText()).containsExactly("a", "b");
        assertThat(lines.get(0).at("/response/body/object").asText()).isEqualTo("chat.completion");
        assertThat(lines.get(0).path("error").isNull()).isTrue();
        long tokens = lines.stream()
                .mapToLong(line -> line.at("/response/body/usage/total_tokens").asLong())
                .sum();
        assertThat(completed.at("/usage/total_tokens").asLong())
                .isEqualTo(tokens)
                .isPositive();
    }

    @Test
    void the_output_file_looks_like_that_of_the_service() {
        String batch = id(create(line("a", "gpt-4o")));
        sim.pass(Duration.ofMinutes(1));

        String output = look(batch).path("output_file_id").asText();
        Sim.Answer content = sim.get("/v1/files/" + output + "/content");

        assertThat(content.header("content-disposition"))
                .isEqualTo("attachment; filename=\"" + batch + "_output.jsonl\"");
        assertThat(content.body())
                .matches(
                        "\\{\"id\": \"batch_req_[0-9a-f]{32}\", \"custom_id\": \"a\", \"response\": \\{\"status_code\":"
                                + " 200, \"request_id\": \"[0-9a-f-]{36}\", \"body\": \\{\"id\": \"chatcmpl-.*}}, \"error\":"
                                + " null}\n");
        assertThat(Trees.of(sim.get("/v1/files/" + output).body())
                        .path("purpose")
                        .asText())
                .isEqualTo("batch_output");
    }

    @Test
    void lines_that_fail_are_told_in_a_file_of_their_own() {
        String batch = id(create(line("a", "gpt-4o")
                + "{\"custom_id\":\"b\",\"method\":\"POST\",\"url\":\"" + CHAT
                + "\",\"body\":{\"model\":\"gpt-4o\"}}\n"
                + line("c", "gpt-4o").replace("\"model\"", "\"stream\":true,\"model\"")));
        sim.pass(Duration.ofMinutes(1));

        JsonNode done = look(batch);

        assertThat(done.path("status").asText()).isEqualTo("completed");
        assertThat(done.at("/request_counts/completed").asInt()).isEqualTo(1);
        assertThat(done.at("/request_counts/failed").asInt()).isEqualTo(2);
        List<JsonNode> failures = lines(done.path("error_file_id").asText());
        assertThat(failures.get(0).at("/response/status_code").asInt()).isEqualTo(400);
        assertThat(failures.get(0).at("/response/body/error/param").asText()).isEqualTo("messages");
        assertThat(failures.get(1).at("/response/body/error/param").asText()).isEqualTo("stream");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense | invalid_json_line | ",
                "LINE~LINE | duplicate_custom_id | custom_id",
                "{\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":{}} | missing_required_parameter | custom_id",
                "{\"custom_id\":\"1\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\"} | missing_required_parameter | body",
                "{\"custom_id\":\"1\",\"method\":\"GET\",\"url\":\"/v1/chat/completions\",\"body\":{}} | invalid_method | method",
                "{\"custom_id\":\"1\",\"method\":\"POST\",\"url\":\"/v1/embeddings\",\"body\":{}} | url_mismatch | url",
                "LINE~{\"custom_id\":\"2\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":{\"model\":\"gpt-4.1\"}} |"
                        + " model_mismatch | body.model",
                "~ | empty_file | "
            })
    void an_input_that_is_wrong_fails_the_batch(String input, String code, String param) {
        String content = input.replace("LINE", line("a", "gpt-4o").strip()).replace("~", "\n");
        String batch = id(create(content));
        sim.pass(Duration.ofMinutes(1));

        JsonNode failed = look(batch);

        assertThat(failed.path("status").asText()).isEqualTo("failed");
        assertThat(failed.path("failed_at").isNumber()).isTrue();
        assertThat(failed.at("/errors/object").asText()).isEqualTo("list");
        JsonNode error = failed.at("/errors/data/0");
        assertThat(Trees.names(error)).containsExactly("code", "message", "param", "line");
        assertThat(error.path("code").asText()).isEqualTo(code);
        assertThat(error.path("param").asText("null")).isEqualTo(param == null ? "null" : param);
    }

    @Test
    void cancelling_keeps_what_was_done() {
        Sim slow = Sim.of(7, "fast", List.of());
        String input =
                IntStream.range(0, 100).mapToObj(i -> line("n" + i, "gpt-4o")).collect(Collectors.joining());
        String file = id(slow.upload("/v1/files", "file", "in.jsonl", input, "purpose", "batch"));
        String batch = id(slow.post("/v1/batches", request(file, CHAT)));
        slow.pass(Duration.ofSeconds(75));

        JsonNode cancelling =
                Trees.of(slow.post("/v1/batches/" + batch + "/cancel", "").body());
        slow.pass(Duration.ofSeconds(60));
        JsonNode cancelled = Trees.of(slow.get("/v1/batches/" + batch).body());

        assertThat(cancelling.path("status").asText()).isEqualTo("cancelling");
        assertThat(cancelled.path("status").asText()).isEqualTo("cancelled");
        assertThat(cancelled.path("cancelled_at").asLong())
                .isEqualTo(cancelling.path("cancelling_at").asLong() + 10);
        int completed = cancelled.at("/request_counts/completed").asInt();
        assertThat(completed).isBetween(1, 99);
        String output = slow.get("/v1/files/" + cancelled.path("output_file_id").asText() + "/content")
                .body();
        assertThat(output.lines()).hasSize(completed);
        Sim.Answer again = slow.post("/v1/batches/" + batch + "/cancel", "");
        assertThat(again.body()).contains("\"status\": \"cancelled\"");
    }

    @Test
    void a_completed_batch_cannot_be_cancelled() {
        String batch = id(create(line("a", "gpt-4o")));
        sim.pass(Duration.ofMinutes(1));

        Sim.Answer answer = sim.post("/v1/batches/" + batch + "/cancel", "");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(message(answer)).isEqualTo("Cannot cancel a batch with status 'completed'.");
    }

    @Test
    void what_is_not_done_in_a_day_expires() {
        Sim slow = Sim.of(7, "bad-hour", List.of());
        // Streams are refused at once and in few bytes, so that the day is not long for the test.
        String input = IntStream.range(0, 50_000)
                .mapToObj(i -> "{\"custom_id\":\"" + i + "\",\"method\":\"POST\",\"url\":\"" + CHAT
                        + "\",\"body\":{\"stream\":true}}\n")
                .collect(Collectors.joining());
        String file = id(slow.upload("/v1/files", "file", "in.jsonl", input, "purpose", "batch"));
        String batch = id(slow.post("/v1/batches", request(file, CHAT)));
        slow.pass(Duration.ofDays(1));

        JsonNode expired = Trees.of(slow.get("/v1/batches/" + batch).body());

        assertThat(expired.path("status").asText()).isEqualTo("expired");
        assertThat(expired.path("expired_at").asLong())
                .isEqualTo(expired.path("expires_at").asLong());
        List<String> lines = slow.get(
                        "/v1/files/" + expired.path("error_file_id").asText() + "/content")
                .body()
                .lines()
                .toList();
        assertThat(lines).hasSize(50_000);
        JsonNode last = Trees.of(lines.get(49_999));
        assertThat(last.path("response").isNull()).isTrue();
        assertThat(last.at("/error/code").asText()).isEqualTo("batch_expired");
        assertThat(expired.at("/request_counts/failed").asInt()).isBetween(1, 49_999);
    }

    @Test
    void wrong_requests_get_the_words_of_the_service() {
        String text = id(sim.upload("/v1/files", "file", "a.txt", "x", "purpose", "vision"));

        assertThat(message(sim.post("/v1/batches", "{}"))).isEqualTo("Missing required parameter: 'input_file_id'.");
        assertThat(message(sim.post("/v1/batches", request("file-0", CHAT)))).contains("file-0");
        assertThat(error(sim.post("/v1/batches", request(text, CHAT)), "param")).isEqualTo("input_file_id");
        assertThat(message(sim.post("/v1/batches", request(text, "/v1/models"))))
                .startsWith("Invalid value: '/v1/models'. Supported values are: '/v1/responses', ");
        assertThat(message(sim.get("/v1/batches/batch_0"))).isEqualTo("No batch found with id 'batch_0'.");
        assertThat(sim.get("/v1/batches/batch_0").header("content-type")).isEqualTo("application/json");
    }

    @Test
    void the_same_batch_gives_the_same_output_in_every_run() {
        assertThat(outputOfRun()).isEqualTo(outputOfRun());
    }

    @Test
    void batches_are_listed_newest_first() {
        create(line("a", "gpt-4o"));
        String second = id(create(line("b", "gpt-4o")));

        JsonNode page = Trees.of(sim.get("/v1/batches?limit=1").body());

        assertThat(page.path("first_id").asText()).isEqualTo(second).startsWith("batch_6955b900");
        assertThat(page.path("has_more").asBoolean()).isTrue();
    }

    private static String outputOfRun() {
        Sim sim = Sim.standard();
        String file = id(sim.upload("/v1/files", "file", "in.jsonl", line("a", "gpt-4o"), "purpose", "batch"));
        String batch = id(sim.post("/v1/batches", request(file, CHAT)));
        sim.pass(Duration.ofMinutes(1));
        String output = Trees.of(sim.get("/v1/batches/" + batch).body())
                .path("output_file_id")
                .asText();
        return sim.get("/v1/files/" + output + "/content").body();
    }

    private Sim.Answer create(String input) {
        String file = id(sim.upload("/v1/files", "file", "in.jsonl", input, "purpose", "batch"));
        return sim.post("/v1/batches", request(file, CHAT));
    }

    private JsonNode look(String batch) {
        return Trees.of(sim.get("/v1/batches/" + batch).body());
    }

    private List<JsonNode> lines(String file) {
        return sim.get("/v1/files/" + file + "/content")
                .body()
                .lines()
                .map(Trees::of)
                .toList();
    }

    static String request(String file, String endpoint) {
        return "{\"input_file_id\": \"" + file + "\", \"endpoint\": \"" + endpoint
                + "\", \"completion_window\": \"24h\"}";
    }

    private static String line(String id, String model) {
        return "{\"custom_id\":\"" + id + "\",\"method\":\"POST\",\"url\":\"" + CHAT + "\",\"body\":{\"model\":\""
                + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Say " + id + "\"}],\"max_tokens\":5}}\n";
    }
}
