package dev.gateway4j.simulator.internal.endpoint.batches;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.store.Item;

/** Adds outcomes to a batch: its counts, its usage and the lines of its files. Used by one thread at a time. */
final class Tally {
    private final Item item;
    private final StringBuilder output;
    private final StringBuilder failures;
    private final ObjectNode json;
    private int completed;
    private int failed;

    Tally(Item item) {
        this.item = item;
        this.json = item.json().deepCopy();
        this.output = new StringBuilder(item.hidden().path("output").asText());
        this.failures = new StringBuilder(item.hidden().path("failures").asText());
    }

    void add(BatchRun.Outcome outcome) {
        if (outcome.failed()) {
            failed++;
        } else {
            completed++;
        }
        (outcome.failed() ? failures : output)
                .append(Json.spaced(outcome.json()))
                .append('\n');
        ObjectNode sum = json.withObject("/usage");
        JsonNode usage = outcome.usage();
        add(sum, "input_tokens", number(usage, "/input_tokens", "/prompt_tokens"));
        add(sum, "output_tokens", number(usage, "/output_tokens", "/completion_tokens"));
        add(sum, "total_tokens", number(usage, "/total_tokens", ""));
        add(
                sum.withObject("/input_tokens_details"),
                "cached_tokens",
                number(usage, "/input_tokens_details/cached_tokens", "/prompt_tokens_details/cached_tokens"));
        add(
                sum.withObject("/output_tokens_details"),
                "reasoning_tokens",
                number(
                        usage,
                        "/output_tokens_details/reasoning_tokens",
                        "/completion_tokens_details/reasoning_tokens"));
    }

    /** A line that was never sent counts for nothing but is told of. */
    void unsent(BatchRun.Outcome outcome) {
        failures.append(Json.spaced(outcome.json())).append('\n');
    }

    /** The batch with everything added. */
    Item item(int sent) {
        ObjectNode counts = json.withObject("/request_counts");
        add(counts, "completed", completed);
        add(counts, "failed", failed);
        ObjectNode hidden = item.hidden().deepCopy();
        hidden.put("sent", sent).put("output", output.toString()).put("failures", failures.toString());
        return item.with(json).hiding(hidden);
    }

    private static void add(ObjectNode sums, String name, long more) {
        sums.put(name, sums.path(name).asLong() + more);
    }

    private static long number(JsonNode usage, String pointer, String other) {
        JsonNode found = usage.at(pointer);
        return found.isMissingNode() && !other.isEmpty() ? usage.at(other).asLong() : found.asLong();
    }
}
