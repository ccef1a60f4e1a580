package dev.gateway4j.simulator.internal.endpoint.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.simulator.internal.request.Remembered;
import dev.gateway4j.simulator.internal.store.Shelf;
import dev.gateway4j.simulator.internal.store.State;
import java.util.List;
import java.util.Optional;

/** Responses and conversations as they are at one time. */
public final class Memory implements Remembered {
    private final Shelf responses;
    private final ConversationShelf conversations;
    private final long now;

    /**
     * What there is at this time.
     *
     * @param state where it is kept
     * @param now the time on the scale of the clock
     */
    public Memory(State state, long now) {
        this.responses = responses(state);
        this.conversations = new ConversationShelf(state);
        this.now = now;
    }

    static Shelf responses(State state) {
        return state.shelf("responses");
    }

    @Override
    public Optional<List<JsonNode>> response(String id) {
        return responses.get(id).map(item -> new Kept(item).everything(now));
    }

    @Override
    public Optional<List<JsonNode>> conversation(String id) {
        return conversations.items(id, now);
    }

    @Override
    public Optional<JsonNode> item(String id) {
        return responses.list().stream()
                .map(Kept::new)
                .flatMap(kept -> kept.everything(now).stream())
                .filter(item -> item.path("id").asText().equals(id))
                .findFirst()
                .or(() -> conversations.anywhere(id, now));
    }
}
