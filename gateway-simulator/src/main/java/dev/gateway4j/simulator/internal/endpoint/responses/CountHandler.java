package dev.gateway4j.simulator.internal.endpoint.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.simulator.internal.chance.Chance;
import dev.gateway4j.simulator.internal.chance.ResponseIds;
import dev.gateway4j.simulator.internal.encode.ResponseLists;
import dev.gateway4j.simulator.internal.http.Exchange;
import dev.gateway4j.simulator.internal.http.Replies;
import dev.gateway4j.simulator.internal.http.Services;
import dev.gateway4j.simulator.internal.plan.Usage;
import dev.gateway4j.simulator.internal.request.ResponsesRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What an input costs, and what is left of a long one. */
final class CountHandler {
    /** A compaction takes these tokens, and so many more for each of its input. */
    private static final long SHORTEST = 48;

    private static final double SHARE = 0.1;
    private static final int SEALED_PER_TOKEN = 4;

    private final Services services;

    CountHandler(Services services) {
        this.services = services;
    }

    WireReply inputTokens(Exchange exchange) {
        return reply(
                exchange,
                ResponseLists.inputTokens(
                        services.promptTokens().count(read(exchange).ask())));
    }

    /** User messages stay; everything else becomes one sealed item. */
    WireReply compact(Exchange exchange) {
        ResponsesRequest request = read(exchange);
        long input = services.promptTokens().count(request.ask());
        long output = SHORTEST + (long) (input * SHARE);
        ResponseIds ids = exchange.ids().response(request.previousId());
        String id = ids.next("resp_", exchange.seconds());
        List<JsonNode> all = new ArrayList<>(request.history());
        all.addAll(NamedItems.of(request.input(), ids, exchange.seconds()));
        all.removeIf(item -> !item.path("type").asText().equals("message")
                || !item.path("role").asText().equals("user"));
        all.add(ResponseLists.compactionItem(
                ids.next("cmp_", exchange.seconds()),
                exchange.chance().draws(Chance.Purpose.ITEMS),
                (int) output * SEALED_PER_TOKEN));
        Usage usage = new Usage(input, 0, 0, output, 0);
        return reply(exchange, ResponseLists.compaction(id, exchange.seconds(), all, usage));
    }

    private ResponsesRequest read(Exchange exchange) {
        return ResponsesRequest.read(
                exchange.request().body(), exchange.azure(), new Memory(services.state(), exchange.arrived()));
    }

    private WireReply reply(Exchange exchange, byte[] body) {
        return Replies.whole(
                exchange,
                body,
                OptionalLong.empty(),
                services.planner().pace(exchange.chance()).quick());
    }
}
