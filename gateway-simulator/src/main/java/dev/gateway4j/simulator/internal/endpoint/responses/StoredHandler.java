package dev.gateway4j.simulator.internal.endpoint.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.simulator.internal.chance.Chance;
import dev.gateway4j.simulator.internal.chance.Draws;
import dev.gateway4j.simulator.internal.encode.ResponseBody;
import dev.gateway4j.simulator.internal.encode.ResponseLists;
import dev.gateway4j.simulator.internal.encode.ResponseStream;
import dev.gateway4j.simulator.internal.http.Exchange;
import dev.gateway4j.simulator.internal.http.Page;
import dev.gateway4j.simulator.internal.http.Replies;
import dev.gateway4j.simulator.internal.http.Services;
import dev.gateway4j.simulator.internal.request.ErrorKind;
import dev.gateway4j.simulator.internal.request.ResponsesRequest;
import dev.gateway4j.simulator.internal.store.Shelf;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Responses that were made before. */
final class StoredHandler {
    private final Services services;
    private final Shelf responses;
    private final ConversationShelf conversations;

    StoredHandler(Services services) {
        this.services = services;
        this.responses = Memory.responses(services.state());
        this.conversations = new ConversationShelf(services.state());
    }

    /** True if the response of this id was stopped or is gone. */
    static boolean stopped(Shelf responses, String id) {
        return responses.get(id).map(item -> new Kept(item).cancelled()).orElse(true);
    }

    WireReply get(Exchange exchange) {
        ObjectNode query = exchange.query();
        checkIncludes(query);
        Kept kept = kept(exchange);
        if (query.path("stream").asText().equals("true")) {
            return resume(exchange, kept, query);
        }
        return reply(exchange, ResponseBody.bytes(kept.at(exchange.arrived())));
    }

    WireReply delete(Exchange exchange) {
        String id = exchange.segment(1);
        if (responses.remove(id).isEmpty()) {
            throw ErrorKind.RESPONSE_NOT_FOUND.with(id);
        }
        return reply(exchange, ResponseLists.deleted(id));
    }

    WireReply cancel(Exchange exchange) {
        Kept kept = kept(exchange);
        if (!kept.background()) {
            throw ErrorKind.CANCEL_SYNCHRONOUS.with();
        }
        long now = exchange.arrived();
        if (!kept.over(now)) {
            responses.change(kept.item().id(), item -> new Kept(item).stopped().item());
            conversations.withdraw(kept.conversation(), kept.item().id(), now);
        }
        return reply(exchange, ResponseBody.bytes(kept(exchange).at(now)));
    }

    WireReply inputItems(Exchange exchange) {
        checkIncludes(exchange.query());
        List<JsonNode> input = kept(exchange).input();
        Page page = Page.of(exchange.request().query());
        return reply(exchange, ResponseLists.page(page.of(input), page.leavesMore(input)));
    }

    private WireReply resume(Exchange exchange, Kept kept, ObjectNode query) {
        long now = exchange.arrived();
        boolean padded = query.path("include_obfuscation")
                .asText(kept.background() ? "false" : "true")
                .equals("true");
        Draws draws = exchange.chance().draws(Chance.Purpose.PADDING);
        String id = kept.item().id();
        ResponseStream events = new ResponseStream(
                        kept.story(),
                        kept.schedule(now),
                        Optional.of(draws).filter(any -> padded),
                        () -> kept.background() && stopped(responses, id))
                .after(startingAfter(query));
        return Replies.stream(exchange, events, 0, 0);
    }

    private static int startingAfter(ObjectNode query) {
        String number = query.path("starting_after").asText("-1");
        try {
            return Integer.parseInt(number);
        } catch (NumberFormatException notANumber) {
            throw ErrorKind.TYPE.with("starting_after", "an integer", "a string");
        }
    }

    private static void checkIncludes(ObjectNode query) {
        JsonNode include = query.path("include");
        ResponsesRequest.checkIncludes(include.isTextual() ? query.arrayNode().add(include) : include);
    }

    private Kept kept(Exchange exchange) {
        String id = exchange.segment(1);
        return new Kept(responses.get(id).orElseThrow(() -> ErrorKind.RESPONSE_NOT_FOUND.with(id)));
    }

    private WireReply reply(Exchange exchange, byte[] body) {
        return Replies.whole(
                exchange,
                body,
                OptionalLong.empty(),
                services.planner().pace(exchange.chance()).quick());
    }
}
