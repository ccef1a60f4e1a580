package dev.gateway4j.simulator.internal.endpoint.tuning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.chance.Chance;
import dev.gateway4j.simulator.internal.chance.Draws;
import dev.gateway4j.simulator.internal.endpoint.files.FileStore;
import dev.gateway4j.simulator.internal.endpoint.keep.Work;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.store.Item;
import java.util.Locale;
import java.util.OptionalLong;

/** Changes one job as its agenda says, and writes its events. Used by one thread at a time. */
final class Progress {
    private static final double FIRST_LOSS = 2.1;
    private static final double LAST_LOSS = 0.35;
    private static final double DECAY = 3.5;
    private static final double NOISE = 0.05;

    private final ObjectNode json;
    private final ObjectNode hidden;
    private final Work work;

    Progress(ObjectNode json, ObjectNode hidden, Work work) {
        this.json = json;
        this.hidden = hidden;
        this.work = work;
    }

    /** Does what stands in an entry of the agenda. */
    void make(JsonNode entry) {
        long at = entry.path("at").asLong();
        int step = entry.path("step").asInt();
        switch (entry.path("do").asText()) {
            case Agenda.VALIDATED -> validated(at);
            case Agenda.STARTED -> {
                json.put("status", "running");
                tell(at, "info", "Fine-tuning job started");
            }
            case Agenda.STEP -> stepped(at, step);
            case Agenda.CHECKPOINT -> checkpoint(at, step);
            default -> succeeded(at, step);
        }
    }

    /** Writes the results of a job that has just succeeded. */
    void finish(FileStore files) {
        StringBuilder csv = new StringBuilder("step,train_loss,train_accuracy,valid_loss,valid_mean_token_accuracy\n");
        for (JsonNode event : hidden.path("events")) {
            JsonNode data = event.path("data");
            if (data.has("step")) {
                csv.append(data.path("step").asInt())
                        .append(',')
                        .append(data.path("train_loss").asText())
                        .append(',')
                        .append(data.path("train_mean_token_accuracy").asText())
                        .append(",,\n");
            }
        }
        Item file = files.add(
                work.ids(id() + "results", 0),
                json.path("finished_at").asLong(),
                "fine-tune-results",
                "step_metrics.csv",
                Json.bytes(csv.toString()),
                OptionalLong.empty());
        json.withArrayProperty("result_files").add(file.id());
    }

    /** Adds an event that is a message. */
    void tell(long at, String level, String message) {
        event(at, level, message, "message");
    }

    private void validated(long at) {
        JsonNode problem = hidden.path("problem");
        if (problem.isObject()) {
            json.put("status", "failed").put("finished_at", at).putNull("estimated_finish");
            json.set("error", problem.deepCopy());
            tell(at, "error", problem.path("message").asText());
            return;
        }
        json.put("status", "queued");
        json.put("estimated_finish", Agenda.read(hidden).end());
        json.set("hyperparameters", hidden.path("hyperparameters").deepCopy());
        String method = json.at("/method/type").asText();
        if (json.at("/method/" + method + "/hyperparameters") instanceof ObjectNode settings) {
            hidden.path("hyperparameters")
                    .properties()
                    .forEach(chosen -> settings.set(chosen.getKey(), chosen.getValue()));
        }
        tell(at, "info", "Files validated, moving job to queued state");
    }

    private void stepped(long at, int step) {
        ObjectNode metrics = metrics(step);
        String text = "Step " + step + "/" + steps() + ": training loss="
                + String.format(Locale.ROOT, "%.2f", metrics.path("train_loss").asDouble());
        ObjectNode event = event(at, "info", text, "metrics");
        ObjectNode data = event.putObject("data").put("step", step);
        data.set("train_loss", metrics.path("train_loss"));
        data.put("total_steps", steps()).set("train_mean_token_accuracy", metrics.path("train_mean_token_accuracy"));
    }

    private void checkpoint(long at, int step) {
        tell(at, "info", "Checkpoint created at step " + step);
        keepCheckpoint(at, step, model() + ":ckpt-step-" + step);
    }

    private void succeeded(long at, int step) {
        keepCheckpoint(at, step, model());
        json.put("status", "succeeded")
                .put("finished_at", at)
                .put("fine_tuned_model", model())
                .put("trained_tokens", hidden.path("trained_tokens").asLong())
                .putNull("estimated_finish");
        tell(at, "info", "New fine-tuned model created");
        tell(at, "info", "The job has successfully completed");
    }

    private void keepCheckpoint(long at, int step, String name) {
        ObjectNode checkpoint = hidden.withArrayProperty("checkpoints").addObject();
        checkpoint
                .put("object", "fine_tuning.job.checkpoint")
                .put("id", work.ids(id() + "checkpoint", step).alphanumeric("ftckpt_", 24))
                .put("created_at", at)
                .put("fine_tuned_model_checkpoint", name)
                .set("metrics", metrics(step));
        checkpoint.put("fine_tuning_job_id", id()).put("step_number", step);
    }

    private ObjectNode metrics(int step) {
        Draws draws = work.chance(id() + "step", step).draws(Chance.Purpose.TEXT);
        double ideal = LAST_LOSS + (FIRST_LOSS - LAST_LOSS) * StrictMath.exp(-DECAY * step / Math.max(1, steps()));
        double loss = ideal * (1 + NOISE * draws.normal());
        return json.objectNode()
                .put("step", step)
                .put("train_loss", rounded(loss))
                .put("train_mean_token_accuracy", rounded(Math.min(0.999, Math.max(0, 1 - loss / 3))));
    }

    private ObjectNode event(long at, String level, String message, String type) {
        int number = hidden.withArrayProperty("events").size();
        ObjectNode event = hidden.withArrayProperty("events")
                .addObject()
                .put("object", "fine_tuning.job.event")
                .put("id", work.ids(id() + "event", number).alphanumeric("ftevent-", 24))
                .put("created_at", at)
                .put("level", level)
                .put("message", message)
                .put("type", type);
        event.putObject("data");
        return event;
    }

    private String id() {
        return json.path("id").asText();
    }

    private String model() {
        return hidden.path("model").asText();
    }

    private int steps() {
        return hidden.path("steps").asInt();
    }

    private static double rounded(double value) {
        return Math.round(value * 10_000) / 10_000.0;
    }
}
