package dev.gateway4j.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.chance.Chance;
import dev.gateway4j.simulator.internal.chance.Draws;
import dev.gateway4j.simulator.internal.chance.Fingerprint;
import dev.gateway4j.simulator.internal.chance.Occurrences;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.scenario.RuleBook;
import dev.gateway4j.simulator.internal.store.Item;
import dev.gateway4j.simulator.internal.store.State;
import dev.gateway4j.simulator.internal.template.Counters;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a simulator remembers between calls. It ends with the process. Things of one kind stand on one shelf, such as {@code files}; a shelf
 * holds at most 10,000 things and 128 MB, and a thing at most as long as {@code data.retention} says, by the clock of the simulator.
 * Thread-safe; a snapshot that is taken while calls run holds each shelf as it was at one moment.
 */
public final class SimulatedState {
    private static final int VERSION = 1;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final State state;
    private final RuleBook book;
    private final Counters counters;
    private final Occurrences occurrences;
    private final Moment moment;
    private final List<Runnable> resets;

    /** The parts of a snapshot, and what else is to be forgotten at a reset. */
    SimulatedState(
            State state,
            RuleBook book,
            Counters counters,
            Occurrences occurrences,
            Moment moment,
            List<Runnable> resets) {
        this.state = state;
        this.book = book;
        this.counters = counters;
        this.occurrences = occurrences;
        this.moment = moment;
        this.resets = List.copyOf(resets);
    }

    /**
     * Forgets everything and begins anew: nothing is stored, no prompt is cached, limits are untouched, all sequences and counters, those
     * of faults too, start again, and equal requests are first ones again. Scenarios, faults, seed data and the journal stay.
     */
    public void reset() {
        state.reset();
        book.reset();
        counters.restore(Map.of());
        occurrences.restore(Map.of());
        resets.forEach(Runnable::run);
    }

    /** How many things are remembered, by shelf; empty shelves are left out. */
    public Map<String, Integer> sizes() {
        return state.sizes();
    }

    /** Everything that is remembered, as one JSON document. Equal states give equal documents. */
    public String snapshot() {
        ObjectNode snapshot = JSON.objectNode().put("version", VERSION);
        state.save(snapshot.putObject("shelves"));
        book.save(snapshot.putObject("scenarios"));
        ObjectNode counted = snapshot.putObject("counters");
        counters.save().forEach(counted::put);
        ArrayNode seen = snapshot.putArray("occurrences");
        occurrences.save().forEach((request, count) -> seen.addObject()
                .put(
                        "request",
                        HexFormat.of().toHexDigits(request.high())
                                + HexFormat.of().toHexDigits(request.low()))
                .put("count", count));
        return Json.compact(json -> json.writeTree(snapshot));
    }

    /**
     * Remembers what the snapshot says, and nothing else. Scenarios themselves are not part of it; those that are there continue where they
     * were.
     *
     * @throws IllegalArgumentException if this is no snapshot
     */
    public void restore(String snapshot) {
        JsonNode read = read(snapshot);
        if (read.path("version").asInt() != VERSION) {
            throw new IllegalArgumentException("this is no snapshot of version " + VERSION
                    + "; restore takes what snapshot() gave, seed(...) takes documents of your own");
        }
        Map<String, Long> counted = new LinkedHashMap<>();
        read.path("counters")
                .properties()
                .forEach(counter ->
                        counted.put(counter.getKey(), counter.getValue().asLong()));
        Map<Fingerprint, Long> seen = new LinkedHashMap<>();
        for (JsonNode one : read.path("occurrences")) {
            String hex = one.path("request").asText();
            seen.put(
                    new Fingerprint(
                            HexFormat.fromHexDigitsToLong(hex, 0, 16), HexFormat.fromHexDigitsToLong(hex, 16, 32)),
                    one.path("count").asLong());
        }
        state.restore(read.path("shelves"));
        book.restore(read.path("scenarios"));
        counters.restore(counted);
        occurrences.restore(seen);
    }

    /**
     * Adds things, so that a test finds them. The document names shelves, and on each a list of what clients see: {@code {"files": [{"id":
     * "file-1", "object": "file", ...}]}}. An id that is missing is invented, and a thing of the same id is replaced. Content, where a thing
     * has some, stands beside it: {@code {"json": {...}, "text": "..."}} or, in base64, {@code "content"}.
     *
     * @throws IllegalArgumentException if the document is not of this form
     */
    public void seed(String document) {
        JsonNode read = read(document);
        Map<String, Item> unusedButChecked = new LinkedHashMap<>();
        read.properties().forEach(shelf -> shelf.getValue()
                .forEach(thing -> unusedButChecked.put(shelf.getKey(), item(shelf.getKey(), thing, 0))));
        read.properties().forEach(shelf -> {
            int index = 0;
            for (JsonNode thing : shelf.getValue()) {
                state.shelf(shelf.getKey()).put(item(shelf.getKey(), thing, index++));
            }
        });
    }

    /**
     * Adds a file, as an upload would.
     *
     * @return its id
     */
    public String seedFile(String filename, String purpose, byte[] content) {
        ObjectNode file = JSON.objectNode();
        String id = "file-" + invented("files", filename, state.shelf("files").size());
        file.put("object", "file")
                .put("id", id)
                .put("purpose", purpose)
                .put("filename", filename)
                .put("bytes", content.length)
                .put("created_at", moment.seconds())
                .putNull("expires_at")
                .put("status", "processed")
                .putNull("status_details");
        state.shelf("files").put(Item.of(id, moment.seconds(), file).holding(content.clone()));
        return id;
    }

    private Item item(String shelf, JsonNode thing, int index) {
        JsonNode seen = thing.has("json") ? thing.path("json") : thing;
        if (!(seen instanceof ObjectNode object)) {
            throw new IllegalArgumentException(
                    "shelf \"" + shelf + "\" holds something that is no object; each thing is one, or {\"json\": one}");
        }
        ObjectNode copy = object.deepCopy();
        if (!copy.path("id").isTextual()) {
            copy.put("id", shelf.replaceAll("s$", "") + "_" + invented(shelf, copy.toString(), index));
        }
        long created = copy.path("created_at").asLong(copy.path("created").asLong(moment.seconds()));
        Item item = Item.of(copy.path("id").asText(), created, copy);
        if (thing.path("hidden") instanceof ObjectNode hidden && thing.has("json")) {
            item = item.hiding(hidden);
        }
        if (thing.has("json") && thing.path("text").isTextual()) {
            return item.holding(Json.bytes(thing.path("text").asText()));
        }
        return thing.has("json") && thing.path("content").isTextual()
                ? item.holding(java.util.Base64.getDecoder()
                        .decode(thing.path("content").asText()))
                : item;
    }

    private String invented(String shelf, String what, int index) {
        Draws draws = new Chance(moment.seed(), Fingerprint.of(shelf, what), index).draws(Chance.Purpose.IDS);
        return draws.alphanumeric(22);
    }

    private static JsonNode read(String document) {
        return Json.read(Json.bytes(document))
                .filter(JsonNode::isObject)
                .orElseThrow(() -> new IllegalArgumentException("the document is no JSON object"));
    }
}
