package dev.gateway4j.simulator.internal.endpoint.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.store.Item;
import dev.gateway4j.simulator.internal.store.Shelf;
import dev.gateway4j.simulator.internal.store.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Conversations as they are remembered. Each item knows when it comes to be, since a response that is made in the background adds its own
 * only when it is done. Thread-safe.
 */
public final class ConversationShelf {
    private static final String ITEMS = "items";

    private final Shelf shelf;

    /** The conversations of this memory. */
    public ConversationShelf(State state) {
        this.shelf = state.shelf("conversations");
    }

    /** The conversation of this id as a client sees it. */
    public Optional<ObjectNode> get(String id) {
        return shelf.get(id).map(Item::json);
    }

    /** The items of the conversation of this id that there are at this time, oldest first. */
    public Optional<List<JsonNode>> items(String id, long now) {
        return shelf.get(id).map(item -> items(item, now));
    }

    /** The item of this id in any conversation. */
    public Optional<JsonNode> anywhere(String itemId, long now) {
        return shelf.list().stream()
                .flatMap(conversation -> items(conversation, now).stream())
                .filter(item -> item.path("id").asText().equals(itemId))
                .findFirst();
    }

    /**
     * Adds items.
     *
     * @param id the conversation
     * @param items what is added
     * @param by the response they belong to; empty if they belong to none
     * @param due when they come to be
     */
    public void add(String id, List<JsonNode> items, String by, long due) {
        shelf.change(id, conversation -> {
            ObjectNode hidden = conversation.hidden().deepCopy();
            ArrayNode entries = hidden.withArrayProperty(ITEMS);
            for (JsonNode item : items) {
                entries.addObject().put("due", due).put("by", by).set("item", item);
            }
            return conversation.hiding(hidden);
        });
    }

    /** Takes away what a response would have added after this time. */
    public void withdraw(String id, String by, long now) {
        keep(
                id,
                entry -> !entry.path("by").asText().equals(by)
                        || entry.path("due").asLong() <= now);
    }

    /** Takes an item away. */
    public void remove(String id, String itemId) {
        keep(id, entry -> !entry.path("item").path("id").asText().equals(itemId));
    }

    /** Keeps a new conversation. */
    public void put(String id, long created, ObjectNode json) {
        shelf.put(Item.of(id, created, json));
    }

    /** Marks a conversation with other metadata. The changed conversation. */
    public Optional<ObjectNode> change(String id, ObjectNode metadata) {
        return shelf.change(
                        id,
                        conversation ->
                                conversation.with(conversation.json().deepCopy().set("metadata", metadata)))
                .map(Item::json);
    }

    /** Forgets a conversation. True if there was one. */
    public boolean delete(String id) {
        return shelf.remove(id).isPresent();
    }

    private void keep(String id, Predicate<JsonNode> kept) {
        shelf.change(id, conversation -> {
            ObjectNode hidden = conversation.hidden().deepCopy();
            ArrayNode entries = hidden.putArray(ITEMS);
            for (JsonNode entry : conversation.hidden().path(ITEMS)) {
                if (kept.test(entry)) {
                    entries.add(entry);
                }
            }
            return conversation.hiding(hidden);
        });
    }

    private static List<JsonNode> items(Item conversation, long now) {
        List<JsonNode> items = new ArrayList<>();
        for (JsonNode entry : conversation.hidden().path(ITEMS)) {
            if (entry.path("due").asLong() <= now) {
                items.add(entry.path("item"));
            }
        }
        return items;
    }
}
