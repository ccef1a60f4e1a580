package dev.gateway4j.simulator.internal.endpoint.tuning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.endpoint.files.FileStore;
import dev.gateway4j.simulator.internal.endpoint.keep.Kept;
import dev.gateway4j.simulator.internal.endpoint.keep.Work;
import dev.gateway4j.simulator.internal.http.Services;
import dev.gateway4j.simulator.internal.request.ResourceError;
import dev.gateway4j.simulator.internal.store.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Fine-tuning jobs on their way through their agenda. Their events and checkpoints are hidden in them. */
final class Jobs {
    static final String VALIDATING = "validating_files";
    private static final Set<String> OPEN = Set.of(VALIDATING, "queued", "running");

    private final Work work;
    private final FileStore files;
    private final Kept jobs;

    Jobs(Services services, FileStore files) {
        this.work = new Work(services);
        this.files = files;
        this.jobs = Kept.on(services.state().shelf("fine_tuning_jobs"), ResourceError.TUNING_JOB::with)
                .movedBy(this::upToDate);
    }

    Kept kept() {
        return jobs;
    }

    Work work() {
        return work;
    }

    Item start(ObjectNode json, ObjectNode hidden) {
        String id = json.path("id").asText();
        long created = json.path("created_at").asLong();
        Progress progress = new Progress(json, hidden, work);
        progress.tell(created, "info", "Created fine-tuning job: " + id);
        progress.tell(
                created,
                "info",
                "Validating training file: " + json.path("training_file").asText());
        return jobs.put(Item.of(id, created, json).hiding(hidden));
    }

    Item cancel(String id) {
        return jobs.change(id, item -> {
            if (!OPEN.contains(status(item)) && !status(item).equals("paused")) {
                throw ResourceError.TUNING_STATUS.with("cancel", id, status(item));
            }
            long now = work.now();
            ObjectNode json = item.json().deepCopy();
            json.put("status", "cancelled").put("finished_at", now).putNull("estimated_finish");
            ObjectNode hidden = item.hidden().deepCopy();
            Agenda.read(hidden).clear();
            new Progress(json, hidden, work).tell(now, "info", "The job has been cancelled");
            return item.with(json).hiding(hidden);
        });
    }

    Item pause(String id) {
        return jobs.change(id, item -> {
            if (!OPEN.contains(status(item))) {
                throw ResourceError.TUNING_STATUS.with("pause", id, status(item));
            }
            long now = work.now();
            ObjectNode json = item.json().deepCopy().put("status", "paused");
            ObjectNode hidden = item.hidden().deepCopy();
            hidden.put("paused", now).put("before", status(item));
            new Progress(json, hidden, work).tell(now, "info", "The job has been paused");
            return item.with(json).hiding(hidden);
        });
    }

    Item resume(String id) {
        return jobs.change(id, item -> {
            if (!status(item).equals("paused")) {
                throw ResourceError.TUNING_STATUS.with("resume", id, status(item));
            }
            long now = work.now();
            ObjectNode hidden = item.hidden().deepCopy();
            ObjectNode json =
                    item.json().deepCopy().put("status", hidden.path("before").asText());
            Agenda.read(hidden).shift(now - hidden.path("paused").asLong());
            new Progress(json, hidden, work).tell(now, "info", "The job has been resumed");
            return item.with(json).hiding(hidden);
        });
    }

    /** The checkpoint of this name, as {@code fine_tuned_model_checkpoint} has it, exists. */
    boolean knowsModel(String name) {
        return jobs.all().stream()
                .anyMatch(job -> job.json().path("fine_tuned_model").asText().equals(name)
                        || list(job, "checkpoints").stream().anyMatch(one -> one.path("fine_tuned_model_checkpoint")
                                .asText()
                                .equals(name)));
    }

    /** The events or checkpoints of a job, oldest first. */
    static List<JsonNode> list(Item job, String kind) {
        List<JsonNode> list = new ArrayList<>();
        job.hidden().path(kind).forEach(list::add);
        return list;
    }

    private static String status(Item job) {
        return job.json().path("status").asText();
    }

    private Item upToDate(Item item) {
        long now = work.now();
        if (!OPEN.contains(status(item))
                || !Agenda.read(item.hidden().deepCopy()).isDue(now)) {
            return item;
        }
        ObjectNode json = item.json().deepCopy();
        ObjectNode hidden = item.hidden().deepCopy();
        Progress progress = new Progress(json, hidden, work);
        Agenda agenda = Agenda.read(hidden);
        while (agenda.isDue(now)) {
            progress.make(agenda.take());
        }
        if (json.path("status").asText().equals("succeeded")) {
            progress.finish(files);
        }
        return item.with(json).hiding(hidden);
    }
}
