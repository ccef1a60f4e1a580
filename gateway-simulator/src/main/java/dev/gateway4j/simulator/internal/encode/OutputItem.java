package dev.gateway4j.simulator.internal.encode;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.tokens.Pieces;
import java.util.List;

/**
 * One item of a response, finished.
 *
 * @param json the item as it is in the end; not to be changed any more
 * @param said what of it a stream sends bit by bit, in the order in which it comes
 * @param silent tokens spent on it that nobody sees
 */
public record OutputItem(ObjectNode json, List<Pieces> said, int silent) {
    /** Copies the list. */
    public OutputItem {
        said = List.copyOf(said);
    }

    /** An item a stream sends whole. */
    static OutputItem whole(ObjectNode json) {
        return new OutputItem(json, List.of(), 0);
    }

    /** The type of the item. */
    String type() {
        return json.path("type").asText();
    }

    /** The id of the item. */
    String id() {
        return json.path("id").asText();
    }
}
