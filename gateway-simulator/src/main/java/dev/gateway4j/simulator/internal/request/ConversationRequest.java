package dev.gateway4j.simulator.internal.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * What a conversation is made of or changed by.
 *
 * @param items items to add, in their full form
 * @param metadata what it is marked with; empty if nothing is said about that
 */
public record ConversationRequest(List<JsonNode> items, Optional<ObjectNode> metadata) {
    private static final String NO_MODEL = "";

    /** Copies the list. */
    public ConversationRequest {
        items = List.copyOf(items);
    }

    /** Reads and checks a new conversation. A body is not needed. */
    public static ConversationRequest create(byte[] bytes, Remembered remembered) {
        return read(bytes.length == 0 ? JsonNodeFactory.instance.objectNode() : Members.body(bytes), remembered);
    }

    /** Reads and checks a change, which must tell the metadata. */
    public static ConversationRequest update(byte[] bytes, Remembered remembered) {
        JsonNode body = Members.body(bytes);
        Members.required(body, "", "metadata");
        return read(body, remembered);
    }

    /** Reads and checks items to add, which must be told. */
    public static ConversationRequest add(byte[] bytes, Remembered remembered) {
        JsonNode body = Members.body(bytes);
        JsonType.OBJECTS.require("items", Members.required(body, "", "items"));
        return read(body, remembered);
    }

    private static ConversationRequest read(JsonNode body, Remembered remembered) {
        Params.CONVERSATION.check(body);
        JsonNode items = body.path("items");
        List<JsonNode> read = items.isEmpty() ? List.of() : InputItems.read(items, "items", NO_MODEL, remembered::item);
        return new ConversationRequest(
                read,
                body.has("metadata")
                        ? Optional.of(
                                body.path("metadata") instanceof ObjectNode metadata
                                        ? metadata
                                        : JsonNodeFactory.instance.objectNode())
                        : Optional.empty());
    }
}
