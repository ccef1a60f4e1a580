package dev.gateway4j.simulator.internal.endpoint.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.endpoint.keep.Kept;
import dev.gateway4j.simulator.internal.endpoint.keep.Work;
import dev.gateway4j.simulator.internal.http.Services;
import dev.gateway4j.simulator.internal.request.ResourceError;
import dev.gateway4j.simulator.internal.store.Item;
import dev.gateway4j.simulator.internal.tokens.Tokens;
import java.util.List;

/**
 * Vector stores, their files and their batches of files, which share three shelves. A file is cut into chunks when it is looked at after
 * its time; the counts of stores and batches are those of their files.
 */
final class VectorStores {
    private static final double SECONDS_PER_FILE = 2;
    private static final long BYTES_PER_VECTOR = 1_024;
    private static final long DAY = 86_400;

    private final Work work;
    private final Tokens tokens;
    private final Kept stores;
    private final Kept files;
    private final Kept batches;

    VectorStores(Services services) {
        this.work = new Work(services);
        this.tokens = services.tokens();
        this.files = Kept.on(services.state().shelf("vector_store_files"), ResourceError.FILE::with)
                .movedBy(this::processed);
        this.batches = Kept.on(services.state().shelf("vector_store_file_batches"), ResourceError.FILE::with)
                .movedBy(this::counted);
        this.stores = Kept.on(services.state().shelf("vector_stores"), ResourceError.VECTOR_STORE::with)
                .movedBy(this::summed);
    }

    Kept stores() {
        return stores;
    }

    Kept files() {
        return files;
    }

    Kept batches() {
        return batches;
    }

    Work work() {
        return work;
    }

    /** A store that is not over, used just now. */
    Item used(String id) {
        Item store = stores.get(id);
        if (store.json().path("status").asText().equals("expired")) {
            throw ResourceError.VECTOR_STORE_EXPIRED.with(id);
        }
        return stores.edit(id, json -> {
            json.put("last_active_at", work.now());
            expireAfter(json);
        });
    }

    /** The file of this id in a store. */
    Item file(String store, String file) {
        return files.find(key(store, file)).orElseThrow(() -> ResourceError.VECTOR_STORE_FILE.with(file, store));
    }

    /** The batch of files of this id in a store. */
    Item batch(String store, String batch) {
        return batches.find(batch)
                .filter(found -> store(found).equals(store))
                .orElseThrow(() -> ResourceError.FILE_BATCH.with(batch, store));
    }

    /**
     * Attaches a file.
     *
     * @param store the id of the store
     * @param file the file itself
     * @param how how it is cut, and what its attributes are
     * @param batch the id of the batch it comes with; empty if it comes alone
     */
    Item attach(String store, Item file, Attachment how, String batch) {
        long now = work.now();
        ObjectNode json = file.json().objectNode();
        json.put("id", file.id())
                .put("object", "vector_store.file")
                .put("usage_bytes", 0)
                .put("created_at", now)
                .put("vector_store_id", store)
                .put("status", "in_progress")
                .putNull("last_error")
                .set("chunking_strategy", how.chunking().json());
        json.set("attributes", how.attributes());
        ObjectNode hidden = json.objectNode();
        hidden.put("batch", batch)
                .put("filename", file.json().path("filename").asText())
                .put("ready", now + work.lasts(SECONDS_PER_FILE, 0))
                .putArray("chunks");
        // Made, not looked at: the answer tells of work in progress even where it takes no time.
        return files.put(new Item(key(store, file.id()), now, json, hidden, file.content()));
    }

    /** The files of a store. */
    List<Item> filesOf(String store) {
        return files.all().stream().filter(file -> store(file).equals(store)).toList();
    }

    static String store(Item item) {
        return item.json().path("vector_store_id").asText();
    }

    static String batch(Item file) {
        return file.hidden().path("batch").asText();
    }

    static String status(Item item) {
        return item.json().path("status").asText();
    }

    static String key(String store, String file) {
        return store + "/" + file;
    }

    /** Sets when a store expires if it is not used again. */
    static void expireAfter(ObjectNode store) {
        JsonNode days = store.at("/expires_after/days");
        if (days.isNumber()) {
            store.put("expires_at", store.path("last_active_at").asLong() + days.asLong() * DAY);
        } else {
            store.putNull("expires_at");
        }
    }

    private Item processed(Item file) {
        if (!status(file).equals("in_progress")
                || work.now() < file.hidden().path("ready").asLong()) {
            return file;
        }
        String text = Chunking.text(file.content());
        ObjectNode json = file.json().deepCopy();
        if (text.isEmpty()) {
            json.put("status", "failed")
                    .putObject("last_error")
                    .put("code", "invalid_file")
                    .put("message", "The file could not be parsed because it is empty.");
            return file.with(json);
        }
        ObjectNode hidden = file.hidden().deepCopy();
        long bytes = 0;
        for (String chunk :
                Chunking.read((ObjectNode) json.path("chunking_strategy")).cut(tokens, text)) {
            hidden.withArrayProperty("chunks").add(chunk);
            bytes += chunk.length() + BYTES_PER_VECTOR;
        }
        return file.with(json.put("status", "completed").put("usage_bytes", bytes))
                .hiding(hidden);
    }

    private Item counted(Item batch) {
        List<Item> own = filesOf(store(batch)).stream()
                .filter(file -> batch(file).equals(batch.id()))
                .toList();
        ObjectNode json = batch.json().deepCopy();
        ObjectNode counts = counts(own, json);
        if (!status(batch).equals("cancelled")) {
            json.put("status", counts.path("in_progress").asInt() > 0 ? "in_progress" : "completed");
        }
        return json.equals(batch.json()) ? batch : batch.with(json);
    }

    private Item summed(Item store) {
        List<Item> own = filesOf(store.id());
        ObjectNode json = store.json().deepCopy();
        JsonNode end = json.path("expires_at");
        ObjectNode counts = counts(own, json);
        json.put(
                "usage_bytes",
                own.stream()
                        .mapToLong(file -> file.json().path("usage_bytes").asLong())
                        .sum());
        boolean over = end.isNumber() && end.asLong() <= work.now();
        String ready = counts.path("in_progress").asInt() > 0 ? "in_progress" : "completed";
        json.put("status", over ? "expired" : ready);
        return json.equals(store.json()) ? store : store.with(json);
    }

    private static ObjectNode counts(List<Item> files, ObjectNode json) {
        ObjectNode counts = json.withObject("/file_counts");
        for (String status : List.of("in_progress", "completed", "failed", "cancelled")) {
            counts.put(status, (int)
                    files.stream().filter(file -> status(file).equals(status)).count());
        }
        return counts.put("total", files.size());
    }
}
