package dev.gateway4j.simulator.internal.store;

import dev.gateway4j.simulator.internal.memory.BoundedMap;
import java.util.Map;
import java.util.Optional;

/** Responses by id, within bounds: the ones used longest ago are forgotten first. Thread-safe. */
public final class ResponseStore {
    private static final int MOST = 4_096;
    private static final long MOST_BYTES = 64L << 20;

    private final Map<String, StoredResponse> responses = BoundedMap.weighed(MOST, MOST_BYTES, StoredResponse::weight);

    /** An empty store. */
    public ResponseStore() {}

    /** Keeps a response. */
    public void put(StoredResponse response) {
        responses.put(response.id(), response);
    }

    /** The response of this id. */
    public Optional<StoredResponse> get(String id) {
        return Optional.ofNullable(responses.get(id));
    }

    /** Forgets the response of this id. True if there was one. */
    public boolean remove(String id) {
        return responses.remove(id) != null;
    }
}
