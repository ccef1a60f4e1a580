package dev.gateway4j.simulator.internal.endpoint.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.chance.Ids;
import dev.gateway4j.simulator.internal.endpoint.keep.Kept;
import dev.gateway4j.simulator.internal.http.Services;
import dev.gateway4j.simulator.internal.request.Body;
import dev.gateway4j.simulator.internal.request.ResourceError;
import dev.gateway4j.simulator.internal.store.Item;
import java.util.Optional;
import java.util.OptionalLong;

/** The files of {@code /v1/files}, for every endpoint that reads or writes some. Thread-safe. */
public final class FileStore {
    private static final String SHELF = "files";
    private static final long HOUR = 3_600;
    private static final long MONTH = 2_592_000;

    private final Kept files;

    /** The files these services remember. */
    public FileStore(Services services) {
        this.files = Kept.on(services.state().shelf(SHELF), ResourceError.FILE::with)
                .until(file -> isOver(file, services.time().now().getEpochSecond()));
    }

    /**
     * Keeps a file.
     *
     * @param ids where its id comes from
     * @param seconds when it came to be
     * @param purpose what it is for
     * @param name its name
     * @param bytes its content
     * @param lasts after how many seconds it expires; batch files expire anyway
     */
    public Item add(Ids ids, long seconds, String purpose, String name, byte[] bytes, OptionalLong lasts) {
        String id = ids.alphanumeric("file-", 22);
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("object", "file")
                .put("id", id)
                .put("purpose", purpose)
                .put("filename", name)
                .put("bytes", bytes.length)
                .put("created_at", seconds);
        if (lasts.isPresent() || purpose.startsWith("batch")) {
            json.put("expires_at", seconds + lasts.orElse(MONTH));
        } else {
            json.putNull("expires_at");
        }
        json.put("status", "processed").putNull("status_details");
        return files.put(Item.of(id, seconds, json).holding(bytes));
    }

    /** The file of this id. */
    public Optional<Item> find(String id) {
        return files.find(id);
    }

    /** The name of this file. */
    public static String name(Item file) {
        return file.json().path("filename").asText();
    }

    /** What this file is for. */
    public static String purpose(Item file) {
        return file.json().path("purpose").asText();
    }

    /** After how many seconds a file expires, by the member of this name. */
    public static OptionalLong lasts(Body body, String member) {
        return body.maybeObject(member)
                .map(after -> {
                    String unusedAnchor = after.choice("anchor", "created_at");
                    return OptionalLong.of(after.integer("seconds", HOUR, MONTH));
                })
                .orElse(OptionalLong.empty());
    }

    Kept files() {
        return files;
    }

    private static boolean isOver(Item file, long now) {
        JsonNode end = file.json().path("expires_at");
        return end.isNumber() && end.asLong() <= now;
    }
}
