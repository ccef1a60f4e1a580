package dev.gateway4j.simulator.internal.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/** What is remembered of earlier calls, as far as a request may refer to it. */
public interface Remembered {
    /** All items up to and including those of the response of this id, oldest first. */
    Optional<List<JsonNode>> response(String id);

    /** All items of the conversation of this id, oldest first. */
    Optional<List<JsonNode>> conversation(String id);

    /** The item of this id, wherever it came to be. */
    Optional<JsonNode> item(String id);
}
