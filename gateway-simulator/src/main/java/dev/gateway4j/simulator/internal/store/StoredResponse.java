package dev.gateway4j.simulator.internal.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.simulator.internal.request.Conversation;
import java.util.List;

/**
 * A response that can be asked for again.
 *
 * @param id its id
 * @param body its JSON, as a plain answer has it
 * @param conversation what was said up to and including it, without instructions
 * @param inputItems what it answered, oldest first
 * @param weight about how many bytes it occupies
 */
@SuppressWarnings("ArrayRecordComponent") // identity is enough: stored responses are looked up, never compared
public record StoredResponse(
        String id, byte[] body, Conversation conversation, List<JsonNode> inputItems, long weight) {
    /** Copies the list. */
    public StoredResponse {
        inputItems = List.copyOf(inputItems);
    }
}
