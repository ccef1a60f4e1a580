package dev.gateway4j.simulator.internal.http;

import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.simulator.internal.encode.ModelsBody;
import dev.gateway4j.simulator.internal.model.Model;
import dev.gateway4j.simulator.internal.model.Models;
import dev.gateway4j.simulator.internal.request.ErrorKind;
import java.util.OptionalLong;

/** {@code GET /v1/models} and one of them. */
final class ModelsHandler {
    static final String PATH = "/v1/models";

    private ModelsHandler() {}

    static WireReply list(Exchange exchange) {
        return Replies.whole(exchange, ModelsBody.of(Models.all()), OptionalLong.empty(), 0);
    }

    static WireReply one(Exchange exchange) {
        String id = exchange.segmentAfter(PATH + "/");
        Model model = Models.named(id).orElseThrow(() -> ErrorKind.MODEL_LISTING.with(id));
        return Replies.whole(exchange, ModelsBody.of(model), OptionalLong.empty(), 0);
    }
}
