package dev.gateway4j.simulator.internal.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.api.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Everything the service remembers, on one shelf for each kind of thing. Thread-safe. */
public final class State {
    private static final int MOST = 10_000;
    private static final long MOST_BYTES = 128L << 20;

    private final TimeSource time;
    private final Duration retention;
    // Visited without a lock of its own: whoever holds a shelf may ask for another one.
    private final ConcurrentNavigableMap<String, Shelf> shelves = new ConcurrentSkipListMap<>();

    /**
     * An empty memory.
     *
     * @param time the clock by which things are forgotten
     * @param retention how long they are remembered
     */
    public State(TimeSource time, Duration retention) {
        this.time = time;
        this.retention = retention;
    }

    /** The shelf of this name, such as {@code files}; made at its first use. */
    public Shelf shelf(String name) {
        return shelves.computeIfAbsent(
                name,
                key -> new Shelf(MOST, MOST_BYTES, retention.toSeconds(), () -> time.now()
                        .getEpochSecond()));
    }

    /** Forgets everything. */
    public void reset() {
        shelves.values().forEach(Shelf::clear);
    }

    /** The names of the shelves that hold something, and how much. */
    public Map<String, Integer> sizes() {
        Map<String, Integer> sizes = new TreeMap<>();
        shelves.forEach((name, shelf) -> sizes.put(name, shelf.size()));
        sizes.values().removeIf(size -> size == 0);
        return sizes;
    }

    /** Writes everything, shelf by shelf, for {@link #restore}. */
    public void save(ObjectNode json) {
        shelves.forEach((name, shelf) -> {
            if (shelf.size() > 0) {
                shelf.save(json.putArray(name));
            }
        });
    }

    /**
     * Remembers what was saved, and nothing else.
     *
     * @throws IllegalArgumentException if it is not what {@link #save} writes; then everything stays as it was
     */
    public void restore(JsonNode json) {
        Map<String, List<Item>> saved = new TreeMap<>();
        json.properties().forEach(shelf -> saved.put(shelf.getKey(), Shelf.items(shelf.getValue())));
        reset();
        saved.forEach((name, items) -> items.forEach(shelf(name)::put));
    }
}
