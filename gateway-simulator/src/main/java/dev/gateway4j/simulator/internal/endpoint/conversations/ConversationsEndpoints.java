package dev.gateway4j.simulator.internal.endpoint.conversations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.simulator.internal.chance.Chance;
import dev.gateway4j.simulator.internal.encode.ResponseBody;
import dev.gateway4j.simulator.internal.encode.ResponseLists;
import dev.gateway4j.simulator.internal.endpoint.responses.ConversationShelf;
import dev.gateway4j.simulator.internal.endpoint.responses.Memory;
import dev.gateway4j.simulator.internal.endpoint.responses.NamedItems;
import dev.gateway4j.simulator.internal.http.Endpoints;
import dev.gateway4j.simulator.internal.http.Exchange;
import dev.gateway4j.simulator.internal.http.Page;
import dev.gateway4j.simulator.internal.http.Replies;
import dev.gateway4j.simulator.internal.http.Routes;
import dev.gateway4j.simulator.internal.http.Services;
import dev.gateway4j.simulator.internal.request.ConversationRequest;
import dev.gateway4j.simulator.internal.request.ErrorKind;
import dev.gateway4j.simulator.internal.request.ResponsesRequest;
import java.util.List;
import java.util.OptionalLong;

/** {@code /v1/conversations}. */
public final class ConversationsEndpoints implements Endpoints {
    private static final String PATH = "/v1/conversations";
    private static final String ONE = PATH + "/*";
    private static final String ITEMS = ONE + "/items";

    private final Services services;
    private final ConversationShelf shelf;

    /** Answers with these services. */
    public ConversationsEndpoints(Services services) {
        this.services = services;
        this.shelf = new ConversationShelf(services.state());
    }

    @Override
    public void addTo(Routes.Builder routes) {
        routes.add("POST", PATH, this::create)
                .add("GET", ONE, this::get)
                .add("POST", ONE, this::update)
                .add("DELETE", ONE, this::delete)
                .add("POST", ITEMS, this::addItems)
                .add("GET", ITEMS, this::listItems)
                .add("GET", ITEMS + "/*", this::getItem)
                .add("DELETE", ITEMS + "/*", this::deleteItem);
    }

    private WireReply create(Exchange exchange) {
        ConversationRequest request =
                ConversationRequest.create(exchange.request().body(), remembered(exchange));
        String id = "conv_" + exchange.chance().draws(Chance.Purpose.ITEMS).hex(48);
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("object", "conversation")
                .put("created_at", exchange.seconds());
        json.set("metadata", request.metadata().orElseGet(json::objectNode));
        shelf.put(id, exchange.seconds(), json);
        shelf.add(id, named(exchange, request.items()), "", exchange.arrived());
        return reply(exchange, ResponseBody.bytes(json));
    }

    private WireReply get(Exchange exchange) {
        return reply(exchange, ResponseBody.bytes(conversation(exchange)));
    }

    private WireReply update(Exchange exchange) {
        conversation(exchange);
        ConversationRequest request =
                ConversationRequest.update(exchange.request().body(), remembered(exchange));
        ObjectNode metadata = request.metadata().orElseGet(JsonNodeFactory.instance::objectNode);
        return reply(
                exchange,
                ResponseBody.bytes(shelf.change(id(exchange), metadata).orElseThrow(() -> notFound(exchange))));
    }

    private WireReply delete(Exchange exchange) {
        if (!shelf.delete(id(exchange))) {
            throw notFound(exchange);
        }
        return reply(exchange, ResponseLists.deleted(id(exchange), "conversation.deleted"));
    }

    private WireReply addItems(Exchange exchange) {
        conversation(exchange);
        ConversationRequest request = ConversationRequest.add(exchange.request().body(), remembered(exchange));
        List<JsonNode> items = named(exchange, request.items());
        shelf.add(id(exchange), items, "", exchange.arrived());
        return reply(exchange, ResponseLists.page(items, false));
    }

    private WireReply listItems(Exchange exchange) {
        ResponsesRequest.checkIncludes(exchange.query().path("include"));
        List<JsonNode> items = items(exchange);
        Page page = Page.of(exchange.request().query());
        return reply(exchange, ResponseLists.page(page.of(items), page.leavesMore(items)));
    }

    private WireReply getItem(Exchange exchange) {
        return reply(exchange, ResponseBody.bytes(item(exchange)));
    }

    private WireReply deleteItem(Exchange exchange) {
        shelf.remove(id(exchange), item(exchange).path("id").asText());
        return get(exchange);
    }

    private JsonNode item(Exchange exchange) {
        String itemId = exchange.segment(3);
        return items(exchange).stream()
                .filter(item -> item.path("id").asText().equals(itemId))
                .findFirst()
                .orElseThrow(() -> ErrorKind.CONVERSATION_ITEM_NOT_FOUND.with(itemId, id(exchange)));
    }

    private List<JsonNode> items(Exchange exchange) {
        return shelf.items(id(exchange), exchange.arrived()).orElseThrow(() -> notFound(exchange));
    }

    private ObjectNode conversation(Exchange exchange) {
        return shelf.get(id(exchange)).orElseThrow(() -> notFound(exchange));
    }

    private Memory remembered(Exchange exchange) {
        return new Memory(services.state(), exchange.arrived());
    }

    private static List<JsonNode> named(Exchange exchange, List<JsonNode> items) {
        return NamedItems.of(items, exchange.ids().response(""), exchange.seconds());
    }

    private static RuntimeException notFound(Exchange exchange) {
        return ErrorKind.CONVERSATION_NOT_FOUND.with(id(exchange));
    }

    private static String id(Exchange exchange) {
        return exchange.segment(1);
    }

    private WireReply reply(Exchange exchange, byte[] body) {
        return Replies.whole(
                exchange,
                body,
                OptionalLong.empty(),
                services.planner().pace(exchange.chance()).quick());
    }
}
