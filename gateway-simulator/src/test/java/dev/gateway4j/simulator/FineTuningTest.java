package dev.gateway4j.simulator;

import static dev.gateway4j.simulator.FilesTest.error;
import static dev.gateway4j.simulator.FilesTest.id;
import static dev.gateway4j.simulator.FilesTest.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FineTuningTest {
    private static final String JOBS = "/v1/fine_tuning/jobs";
    private static final String EXAMPLE =
            "{\"messages\": [{\"role\": \"user\", \"content\": \"2+2?\"}, {\"role\": \"assistant\", \"content\": \"4\"}]}\n";

    private final Sim sim = Sim.standard();

    @Test
    void a_job_goes_from_validation_to_a_model() {
        Sim.Answer created = create(EXAMPLE.repeat(10), ", \"suffix\": \"My Model\", \"seed\": 42");
        JsonNode validating = Trees.of(created.body());
        String job = id(created);
        sim.pass(Duration.ofSeconds(1));
        JsonNode queued = look(job);
        sim.pass(Duration.ofSeconds(1));
        JsonNode running = look(job);
        sim.pass(Duration.ofSeconds(2));
        JsonNode succeeded = look(job);

        assertThat(Trees.names(validating))
                .containsExactly(
                        "object",
                        "id",
                        "model",
                        "created_at",
                        "finished_at",
                        "fine_tuned_model",
                        "organization_id",
                        "result_files",
                        "status",
                        "validation_file",
                        "training_file",
                        "hyperparameters",
                        "trained_tokens",
                        "error",
                        "user_provided_suffix",
                        "seed",
                        "estimated_finish",
                        "integrations",
                        "metadata",
                        "method");
        assertThat(validating.path("status").asText()).isEqualTo("validating_files");
        assertThat(validating.path("model").asText()).isEqualTo("gpt-4o-mini-2024-07-18");
        assertThat(validating.at("/hyperparameters/n_epochs").asText()).isEqualTo("auto");
        assertThat(queued.path("status").asText()).isEqualTo("queued");
        assertThat(queued.at("/method/supervised/hyperparameters/n_epochs").asInt())
                .isEqualTo(10);
        assertThat(running.path("status").asText()).isEqualTo("running");
        assertThat(succeeded.path("status").asText()).isEqualTo("succeeded");
        assertThat(succeeded.path("fine_tuned_model").asText())
                .matches("ft:gpt-4o-mini-2024-07-18:gateway4j-simulator:my-model:[0-9A-Za-z]{8}");
        assertThat(succeeded.path("trained_tokens").asLong()).isPositive();
        assertThat(succeeded.path("finished_at").asLong()).isEqualTo(1_767_225_604L);
        String results = succeeded.at("/result_files/0").asText();
        assertThat(sim.get("/v1/files/" + results + "/content").body().lines()).hasSize(101);
        assertThat(Trees.of(sim.get("/v1/files/" + results).body())
                        .path("purpose")
                        .asText())
                .isEqualTo("fine-tune-results");
    }

    @Test
    void its_model_is_listed_until_it_is_deleted() {
        String job = id(create(EXAMPLE.repeat(10), ""));
        sim.pass(Duration.ofSeconds(10));
        String model = look(job).path("fine_tuned_model").asText();

        Sim.Answer one = sim.get("/v1/models/" + model);
        Sim.Answer all = sim.get("/v1/models");
        Sim.Answer deleted = sim.delete("/v1/models/" + model);

        assertThat(one.status()).isEqualTo(200);
        assertThat(all.body()).contains(model);
        assertThat(Trees.of(deleted.body()).path("deleted").asBoolean()).isTrue();
        assertThat(sim.get("/v1/models/" + model).status()).isEqualTo(404);
        assertThat(sim.get("/v1/models").body()).doesNotContain(model);
    }

    @Test
    void events_tell_the_story_newest_first() {
        String job = id(create(EXAMPLE.repeat(10), ""));
        assertThat(messages(job)).hasSize(2).last().isEqualTo("Created fine-tuning job: " + job);

        sim.pass(Duration.ofSeconds(4));
        JsonNode page = Trees.of(sim.get(JOBS + "/" + job + "/events?limit=2").body());

        assertThat(Trees.names(page)).containsExactly("object", "data", "has_more");
        assertThat(page.path("has_more").asBoolean()).isTrue();
        assertThat(messages(job)).startsWith("The job has successfully completed", "New fine-tuned model created");
        assertThat(messages(job).get(2)).matches("Step 100/100: training loss=0\\.[34]\\d");
        JsonNode metrics =
                Trees.of(sim.get(JOBS + "/" + job + "/events?limit=3").body()).at("/data/2");
        assertThat(metrics.path("id").asText()).matches("ftevent-[0-9A-Za-z]{24}");
        assertThat(metrics.path("type").asText()).isEqualTo("metrics");
        assertThat(Trees.names(metrics.path("data")))
                .containsExactly("step", "train_loss", "total_steps", "train_mean_token_accuracy");
    }

    @Test
    void the_last_epochs_leave_checkpoints() {
        String job = id(create(EXAMPLE.repeat(10), ""));
        sim.pass(Duration.ofSeconds(4));

        JsonNode page = Trees.of(sim.get(JOBS + "/" + job + "/checkpoints").body());

        assertThat(page.path("data"))
                .extracting(one -> one.path("step_number").asInt())
                .containsExactly(100, 90, 80);
        assertThat(page.at("/data/0/fine_tuned_model_checkpoint").asText())
                .isEqualTo(look(job).path("fine_tuned_model").asText());
        assertThat(page.at("/data/2/fine_tuned_model_checkpoint").asText()).endsWith(":ckpt-step-80");
        assertThat(page.at("/data/2/metrics/train_loss").asDouble()).isPositive();
    }

    @Test
    void a_file_that_is_no_use_fails_the_job() {
        String few = id(create(EXAMPLE.repeat(3), ""));
        String other = id(create("{\"input\": 1}\n".repeat(10), ""));
        sim.pass(Duration.ofSeconds(1));

        JsonNode failed = look(few);

        assertThat(failed.path("status").asText()).isEqualTo("failed");
        assertThat(failed.at("/error/code").asText()).isEqualTo("invalid_n_examples");
        assertThat(failed.at("/error/message").asText())
                .isEqualTo("Training file has 3 example(s), but must have at least 10 examples");
        assertThat(look(other).at("/error/message").asText())
                .isEqualTo("Invalid file format. Example 1 is missing key \"messages\".");
        assertThat(messages(few).get(0)).startsWith("Training file has 3");
    }

    @Test
    void a_paused_job_goes_on_where_it_stood() {
        Sim slow = Sim.of(7, "fast", List.of());
        String file = id(slow.upload("/v1/files", "file", "t.jsonl", EXAMPLE.repeat(10), "purpose", "fine-tune"));
        String job = id(slow.post(JOBS, request(file, "gpt-4o-mini", "")));
        slow.pass(Duration.ofSeconds(100));

        String paused = slow.post(JOBS + "/" + job + "/pause", "").body();
        slow.pass(Duration.ofDays(1));
        String still = slow.get(JOBS + "/" + job).body();
        String resumed = slow.post(JOBS + "/" + job + "/resume", "").body();
        slow.pass(Duration.ofSeconds(60));
        String running = slow.get(JOBS + "/" + job).body();
        slow.pass(Duration.ofSeconds(80));

        assertThat(paused).contains("\"status\": \"paused\"");
        assertThat(still).contains("\"status\": \"paused\"");
        assertThat(resumed).contains("\"status\": \"running\"");
        assertThat(running).contains("\"status\": \"running\"");
        assertThat(slow.get(JOBS + "/" + job).body()).contains("\"status\": \"succeeded\"");
    }

    @Test
    void a_cancelled_job_stays_cancelled() {
        String job = id(create(EXAMPLE.repeat(10), ""));

        Sim.Answer cancelled = sim.post(JOBS + "/" + job + "/cancel", "");
        sim.pass(Duration.ofDays(1));

        assertThat(cancelled.body()).contains("\"status\": \"cancelled\"");
        assertThat(look(job).path("status").asText()).isEqualTo("cancelled");
        assertThat(message(sim.post(JOBS + "/" + job + "/cancel", ""))).contains("its status is 'cancelled'");
        assertThat(message(sim.post(JOBS + "/" + job + "/resume", ""))).startsWith("Cannot resume");
    }

    @Test
    void checkpoints_are_shared_with_projects() {
        String job = id(create(EXAMPLE.repeat(10), ""));
        sim.pass(Duration.ofSeconds(4));
        String model = look(job).path("fine_tuned_model").asText();
        String path = "/v1/fine_tuning/checkpoints/" + model + "/permissions";

        JsonNode made = Trees.of(
                sim.post(path, "{\"project_ids\": [\"proj_a\", \"proj_b\"]}").body());
        JsonNode listed =
                Trees.of(sim.get(path + "?project_id=proj_b&order=ascending").body());
        String permission = listed.at("/data/0/id").asText();
        Sim.Answer deleted = sim.send("DELETE", path + "/" + permission, new byte[0]);

        assertThat(made.path("data")).hasSize(2);
        assertThat(permission).startsWith("cp_").isEqualTo(made.at("/data/1/id").asText());
        assertThat(deleted.body()).contains("\"object\": \"checkpoint.permission\"", "\"deleted\": true");
        assertThat(Trees.of(sim.get(path).body()).path("data")).hasSize(1);
    }

    @Test
    void wrong_requests_get_the_words_of_the_service() {
        String file = id(sim.upload("/v1/files", "file", "t.jsonl", EXAMPLE, "purpose", "fine-tune"));

        Sim.Answer missing = sim.get(JOBS + "/123");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(message(missing)).isEqualTo("Could not find fine tune: 123");
        assertThat(error(missing, "code")).isEqualTo("fine_tune_not_found");
        assertThat(error(missing, "param")).isEqualTo("fine_tune_id");
        assertThat(message(sim.post(JOBS, request(file, "gpt-5", ""))))
                .isEqualTo("Model gpt-5 is not available for fine-tuning or does not exist.");
        assertThat(error(sim.post(JOBS, request("file-0", "gpt-4o-mini", "")), "param"))
                .isEqualTo("training_file");
        assertThat(message(sim.post(JOBS, request(file, "gpt-4o-mini", ", \"method\": {\"type\": \"magic\"}"))))
                .isEqualTo("Invalid value: 'magic'. Supported values are: 'supervised', 'dpo', and 'reinforcement'.");
        assertThat(error(
                        sim.post(JOBS, request(file, "gpt-4o-mini", ", \"hyperparameters\": {\"n_epochs\": 51}")),
                        "param"))
                .isEqualTo("hyperparameters.n_epochs");
    }

    private Sim.Answer create(String examples, String more) {
        String file = id(sim.upload("/v1/files", "file", "t.jsonl", examples, "purpose", "fine-tune"));
        Sim.Answer created = sim.post(JOBS, request(file, "gpt-4o-mini", more));
        assertThat(created.status()).as(created.body()).isEqualTo(200);
        return created;
    }

    private static String request(String file, String model, String more) {
        return "{\"training_file\": \"" + file + "\", \"model\": \"" + model + "\"" + more + "}";
    }

    private JsonNode look(String job) {
        return Trees.of(sim.get(JOBS + "/" + job).body());
    }

    private List<String> messages(String job) {
        return Trees.of(sim.get(JOBS + "/" + job + "/events?limit=100").body())
                .path("data")
                .findValuesAsText("message");
    }
}
