package dev.gateway4j.simulator.internal.endpoint.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.request.Body;
import dev.gateway4j.simulator.internal.request.ErrorKind;
import java.util.Map;

/**
 * How a file is attached to a vector store.
 *
 * @param chunking how it is cut
 * @param attributes what searches may filter by
 */
record Attachment(Chunking chunking, ObjectNode attributes) {
    static Attachment of(Body body) {
        return new Attachment(Chunking.of(body), attributes(body));
    }

    /** The attributes a request gives, which are texts, numbers and truth values. */
    static ObjectNode attributes(Body body) {
        if (body.maybeObject("attributes").isEmpty()) {
            return JsonNodeFactory.instance.objectNode();
        }
        JsonNode attributes = body.get("attributes");
        for (Map.Entry<String, JsonNode> pair : attributes.properties()) {
            if (pair.getValue().isContainerNode() || pair.getValue().isNull()) {
                throw ErrorKind.TYPE.with(
                        "attributes." + pair.getKey(),
                        "one of a string, decimal or boolean",
                        pair.getValue().isNull() ? "null" : pair.getValue().isArray() ? "an array" : "an object");
            }
        }
        return attributes.deepCopy();
    }
}
