package dev.gateway4j.simulator.internal.endpoint.core;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.simulator.internal.encode.ModelsBody;
import dev.gateway4j.simulator.internal.endpoint.tuning.TunedModels;
import dev.gateway4j.simulator.internal.http.Exchange;
import dev.gateway4j.simulator.internal.http.Replies;
import dev.gateway4j.simulator.internal.model.Model;
import dev.gateway4j.simulator.internal.model.Models;
import dev.gateway4j.simulator.internal.request.ErrorKind;
import dev.gateway4j.simulator.internal.store.Item;
import dev.gateway4j.simulator.internal.store.Shelf;
import dev.gateway4j.simulator.internal.store.State;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** {@code /v1/models}: all of them, one of them, and fine-tuned ones taken away. */
final class ModelsHandler {
    static final String PATH = "/v1/models";
    private static final String TUNED = "ft:";

    /** The names of fine-tuned models that were deleted. */
    private final Shelf deleted;

    private final TunedModels tuned;

    ModelsHandler(State state, TunedModels tuned) {
        this.deleted = state.shelf("models.deleted");
        this.tuned = tuned;
    }

    WireReply list(Exchange exchange) {
        List<Model> models = new ArrayList<>(Models.served(exchange.now()));
        for (String name : tuned.names()) {
            Models.named(name).filter(model -> serves(exchange, model)).ifPresent(models::add);
        }
        return Replies.whole(exchange, ModelsBody.of(models), OptionalLong.empty(), 0);
    }

    WireReply one(Exchange exchange) {
        return Replies.whole(exchange, ModelsBody.of(model(exchange)), OptionalLong.empty(), 0);
    }

    WireReply delete(Exchange exchange) {
        String id = model(exchange).id();
        if (!id.startsWith(TUNED)) {
            throw ErrorKind.MODEL_LISTING.with(id);
        }
        deleted.put(Item.of(id, exchange.seconds(), JsonNodeFactory.instance.objectNode()));
        return Replies.whole(exchange, ModelsBody.deleted(id), OptionalLong.empty(), 0);
    }

    private Model model(Exchange exchange) {
        String segment = exchange.segmentAfter(PATH + "/");
        String id = URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        return Models.named(id)
                .filter(model -> !id.startsWith(TUNED) || tuned.contains(id))
                .filter(model -> serves(exchange, model))
                .orElseThrow(() -> ErrorKind.MODEL_LISTING.with(id));
    }

    private boolean serves(Exchange exchange, Model model) {
        return deleted.get(model.id()).isEmpty() && !model.retired(exchange.now());
    }
}
