package dev.gateway4j.simulator.internal.endpoint.batches;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.endpoint.files.FileStore;
import dev.gateway4j.simulator.internal.endpoint.keep.Kept;
import dev.gateway4j.simulator.internal.endpoint.keep.Work;
import dev.gateway4j.simulator.internal.http.Services;
import dev.gateway4j.simulator.internal.http.Simulate;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.model.Model;
import dev.gateway4j.simulator.internal.model.Models;
import dev.gateway4j.simulator.internal.request.ResourceError;
import dev.gateway4j.simulator.internal.store.Item;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Batches on their way from validating to completed. Their input lies in the content of the item; what is hidden are the times of the
 * stages and the output so far. A look at a batch sends the lines that are due by then.
 */
final class Batches {
    private static final int AT_ONCE = 4;
    private static final double VALIDATION_SECONDS = 60;
    private static final double START_SECONDS = 10;
    private static final double CANCELLATION_SECONDS = 10;

    private final FileStore files;
    private final Work work;
    private final BatchRun run;
    private final Kept batches;

    Batches(Services services, Simulate simulate) {
        this.files = new FileStore(services);
        this.work = new Work(services);
        this.run = new BatchRun(simulate, services.time());
        this.batches = Kept.on(services.state().shelf("batches"), ResourceError.BATCH::with)
                .movedBy(this::upToDate);
    }

    Kept kept() {
        return batches;
    }

    /** A new batch over this input. */
    Item start(ObjectNode json, byte[] input, OptionalLong outputLasts) {
        long created = json.path("created_at").asLong();
        long validated = created + work.lasts(VALIDATION_SECONDS, 1);
        long lines =
                Math.max(1, new String(input, StandardCharsets.UTF_8).lines().count());
        ObjectNode hidden = json.objectNode();
        hidden.put("validated", validated)
                .put("finished", validated + work.lasts(START_SECONDS + lines * work.answer() / AT_ONCE, 1))
                .put("sent", 0)
                .put("output", "")
                .put("failures", "");
        outputLasts.ifPresent(lasts -> hidden.put("lasts", lasts));
        return batches.put(
                Item.of(json.path("id").asText(), created, json).hiding(hidden).holding(input));
    }

    /** Cancels a batch. */
    Item cancel(String id) {
        return batches.change(id, item -> {
            String status = status(item.json());
            if (status.equals("cancelling") || status.equals("cancelled")) {
                return item;
            }
            if (!status.equals("validating") && !status.equals("in_progress") && !status.equals("finalizing")) {
                throw ResourceError.BATCH_STATUS.with(status);
            }
            long now = work.now();
            ObjectNode hidden = item.hidden().deepCopy().put("cancelled", now + work.lasts(CANCELLATION_SECONDS, 1));
            return item.with(item.json().deepCopy().put("status", "cancelling").put("cancelling_at", now))
                    .hiding(hidden);
        });
    }

    private Item upToDate(Item item) {
        Item before = item;
        Item after = step(before);
        while (!after.is(before)) {
            before = after;
            after = step(before);
        }
        return after;
    }

    private Item step(Item item) {
        long now = work.now();
        return switch (status(item.json())) {
            case "validating" -> now < at(item, "validated") ? item : validated(item);
            case "in_progress" -> inProgress(item, now);
            case "finalizing" ->
                now < item.json().path("finalizing_at").asLong() + 1
                        ? item
                        : ended(
                                item,
                                "completed",
                                item.json().path("finalizing_at").asLong() + 1);
            case "cancelling" -> now < at(item, "cancelled") ? item : ended(item, "cancelled", at(item, "cancelled"));
            default -> item;
        };
    }

    private Item validated(Item item) {
        BatchLine.Input input = input(item);
        ObjectNode json = item.json().deepCopy();
        long at = at(item, "validated");
        if (!input.errors().isEmpty()) {
            ObjectNode errors = json.objectNode().put("object", "list");
            errors.putArray("data").addAll(input.errors());
            json.set("errors", errors);
            return item.with(json.put("status", "failed").put("failed_at", at));
        }
        json.put("status", "in_progress").put("in_progress_at", at);
        json.put("model", Models.named(input.model()).map(Model::answersAs).orElse(input.model()));
        json.withObject("/request_counts").put("total", input.lines().size());
        return item.with(json);
    }

    private Item inProgress(Item item, long now) {
        long begun = at(item, "validated");
        long finished = at(item, "finished");
        long end = Math.min(finished, item.json().path("expires_at").asLong());
        int total = item.json().at("/request_counts/total").asInt();
        double share = Math.min(1, (Math.min(now, end) - begun) / (double) Math.max(1, finished - begun));
        int due = (int) Math.floor(total * share);
        Item sent = due > item.hidden().path("sent").asInt() ? sent(item, due) : item;
        if (now < end) {
            return sent;
        }
        return end < finished
                ? ended(sent, "expired", end)
                : sent.with(sent.json().deepCopy().put("status", "finalizing").put("finalizing_at", finished));
    }

    private Item sent(Item item, int due) {
        BatchLine.Input input = input(item);
        Tally tally = new Tally(item);
        String endpoint = item.json().path("endpoint").asText();
        for (int i = item.hidden().path("sent").asInt(); i < due; i++) {
            tally.add(run.run(input.lines().get(i), endpoint, work.ids(item.id(), i), at(item, "finished")));
        }
        return tally.item(due);
    }

    private Item ended(Item item, String status, long at) {
        Item whole = status.equals("expired") ? withUnsent(item) : item;
        ObjectNode json = whole.json().deepCopy().put("status", status).put(status + "_at", at);
        file(whole, at, "output", 0).ifPresent(id -> json.put("output_file_id", id));
        file(whole, at, "failures", 1).ifPresent(id -> json.put("error_file_id", id));
        return whole.with(json).hiding(whole.hidden().objectNode()).holding(new byte[0]);
    }

    private Item withUnsent(Item item) {
        BatchLine.Input input = input(item);
        Tally tally = new Tally(item);
        long at = item.json().path("expires_at").asLong();
        for (int i = item.hidden().path("sent").asInt(); i < input.lines().size(); i++) {
            tally.unsent(BatchRun.unsent(
                    input.lines().get(i),
                    work.ids(item.id(), i),
                    at,
                    "batch_expired",
                    "This request could not be executed before the completion window expired."));
        }
        return tally.item(input.lines().size());
    }

    private Optional<String> file(Item item, long at, String kind, int index) {
        String lines = item.hidden().path(kind).asText();
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        JsonNode lasts = item.hidden().path("lasts");
        String name = item.id() + (index == 0 ? "_output.jsonl" : "_error.jsonl");
        OptionalLong expires = lasts.isNumber() ? OptionalLong.of(lasts.asLong()) : OptionalLong.empty();
        Item file = files.add(work.ids(item.id() + kind, index), at, "batch_output", name, Json.bytes(lines), expires);
        return Optional.of(file.id());
    }

    private static BatchLine.Input input(Item item) {
        return BatchLine.read(item.content(), item.json().path("endpoint").asText());
    }

    private static long at(Item item, String stage) {
        return item.hidden().path(stage).asLong();
    }

    private static String status(JsonNode json) {
        return json.path("status").asText();
    }
}
