package dev.gateway4j.simulator.internal.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * Items of one kind, such as files, in the order in which they came. The oldest leave when there are too many of them, when they weigh too
 * much together, or when their time is over. Thread-safe.
 */
public final class Shelf {
    private final int most;
    private final long mostBytes;
    private final long retentionSeconds;
    private final LongSupplier now;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Item> items = new LinkedHashMap<>();
    private final Map<String, Long> weights = new LinkedHashMap<>();
    private long weight;

    Shelf(int most, long mostBytes, long retentionSeconds, LongSupplier now) {
        this.most = most;
        this.mostBytes = mostBytes;
        this.retentionSeconds = retentionSeconds;
        this.now = now;
    }

    /** Puts an item at the end, or in the place of the one with its id. */
    public void put(Item item) {
        lock.lock();
        try {
            long heavy = weigh(item);
            items.put(item.id(), item);
            Long before = weights.put(item.id(), heavy);
            weight += heavy - (before == null ? 0 : before);
            sweep();
        } finally {
            lock.unlock();
        }
    }

    /** The item of this id. */
    public Optional<Item> get(String id) {
        lock.lock();
        try {
            sweep();
            return Optional.ofNullable(items.get(id));
        } finally {
            lock.unlock();
        }
    }

    /** Changes the item of this id in one step. The changed item; empty if there is none. */
    public Optional<Item> change(String id, UnaryOperator<Item> change) {
        lock.lock();
        try {
            Optional<Item> before = get(id);
            Optional<Item> changed = before.map(change);
            if (changed.isPresent() && !changed.get().is(before.get())) {
                put(changed.get());
            }
            return changed;
        } finally {
            lock.unlock();
        }
    }

    /** Takes the item of this id away. */
    public Optional<Item> remove(String id) {
        lock.lock();
        try {
            sweep();
            Item item = items.remove(id);
            if (item != null) {
                Long heavy = weights.remove(id);
                weight -= heavy == null ? 0 : heavy;
            }
            return Optional.ofNullable(item);
        } finally {
            lock.unlock();
        }
    }

    /** All items, oldest first. */
    public List<Item> list() {
        lock.lock();
        try {
            sweep();
            return List.copyOf(items.values());
        } finally {
            lock.unlock();
        }
    }

    /** Writes all items, for {@link #items}. */
    void save(ArrayNode array) {
        for (Item item : list()) {
            ObjectNode saved = array.addObject().put("id", item.id()).put("created", item.created());
            saved.set("json", item.json());
            if (!item.hidden().isEmpty()) {
                saved.set("hidden", item.hidden());
            }
            if (item.content().length > 0) {
                saved.put("content", Base64.getEncoder().encodeToString(item.content()));
            }
        }
    }

    /**
     * Items that were saved.
     *
     * @throws IllegalArgumentException if they are not what {@link #save} writes
     */
    static List<Item> items(JsonNode array) {
        List<Item> saved = new ArrayList<>();
        array.forEach(json -> saved.add(item(json)));
        return saved;
    }

    /** How many items there are. */
    public int size() {
        return list().size();
    }

    private static Item item(JsonNode json) {
        JsonNode seen = json.path("json");
        JsonNode hidden = json.path("hidden");
        byte[] content = Base64.getDecoder().decode(json.path("content").asText(""));
        if (!(seen instanceof ObjectNode object) || json.path("id").asText("").isEmpty()) {
            throw new IllegalArgumentException(
                    "an item needs \"id\" and the object \"json\", got " + json.size() + " members");
        }
        ObjectNode beneath = hidden instanceof ObjectNode known ? known : object.objectNode();
        return new Item(json.path("id").asText(), json.path("created").asLong(), object, beneath, content);
    }

    void clear() {
        lock.lock();
        try {
            items.clear();
            weights.clear();
            weight = 0;
        } finally {
            lock.unlock();
        }
    }

    private void sweep() {
        long before = now.getAsLong() - retentionSeconds;
        List<String> gone = new ArrayList<>();
        int left = items.size();
        long heavy = weight;
        Iterator<Item> oldest = items.values().iterator();
        while (oldest.hasNext()) {
            Item item = oldest.next();
            if (item.created() >= before && left <= most && heavy <= mostBytes) {
                break;
            }
            gone.add(item.id());
            left--;
            heavy -= weights.getOrDefault(item.id(), 0L);
        }
        gone.forEach(id -> {
            items.remove(id);
            weights.remove(id);
        });
        weight = heavy;
    }

    private static long weigh(Item item) {
        return item.content().length
                + 2L
                        * (item.json().toString().length()
                                + item.hidden().toString().length());
    }
}
