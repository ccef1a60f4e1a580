package dev.gateway4j.simulator.internal.endpoint.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.simulator.internal.http.Exchange;
import dev.gateway4j.simulator.internal.http.Handler;
import dev.gateway4j.simulator.internal.http.Page;
import dev.gateway4j.simulator.internal.http.Replies;
import dev.gateway4j.simulator.internal.http.Routes;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.request.ChatRequest;
import dev.gateway4j.simulator.internal.request.ErrorKind;
import dev.gateway4j.simulator.internal.request.Metadata;
import dev.gateway4j.simulator.internal.store.Item;
import dev.gateway4j.simulator.internal.store.Shelf;
import dev.gateway4j.simulator.internal.store.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Chat completions that were kept, by {@code store}. */
final class StoredChats {
    private static final String ONE = ChatRequest.ENDPOINT + "/*";
    private static final List<String> ECHOED = List.of(
            "seed",
            "temperature",
            "top_p",
            "presence_penalty",
            "frequency_penalty",
            "tools",
            "tool_choice",
            "response_format");
    private static final Map<String, Double> STANDARD =
            Map.of("temperature", 1.0, "top_p", 1.0, "presence_penalty", 0.0, "frequency_penalty", 0.0);

    private final Shelf shelf;

    StoredChats(State state) {
        this.shelf = state.shelf("chat.completions");
    }

    void addTo(Routes.Builder routes) {
        routes.add("GET", ChatRequest.ENDPOINT, this::list)
                .add("GET", ONE, this::get)
                .add("POST", ONE, Handler.judging(this::judge, this::update))
                .add("DELETE", ONE, this::delete)
                .add("GET", ONE + "/messages", this::messages);
    }

    void keep(Exchange exchange, ChatRequest request, byte[] body) {
        ObjectNode completion = object(body);
        JsonNode asked = request.ask().body();
        completion.set(
                "metadata", asked.path("metadata").isObject() ? asked.path("metadata") : completion.objectNode());
        completion.set("input_user", orNull(asked.path("user")));
        completion.put("request_id", exchange.requestId());
        for (String name : ECHOED) {
            Double standard = STANDARD.get(name);
            if (standard != null && !asked.hasNonNull(name)) {
                completion.put(name, standard);
            } else {
                completion.set(name, orNull(asked.path(name)));
            }
        }
        ObjectNode hidden = completion.objectNode();
        hidden.set("messages", asked.path("messages"));
        hidden.set("model", asked.path("model"));
        shelf.put(Item.of(completion.path("id").asText(), exchange.seconds(), completion)
                .hiding(hidden));
    }

    private WireReply list(Exchange exchange) {
        ObjectNode query = exchange.query();
        List<JsonNode> found = shelf.list().stream()
                .filter(item -> matches(item, query))
                .<JsonNode>map(Item::json)
                .toList();
        return page(exchange, found);
    }

    private static boolean matches(Item item, ObjectNode query) {
        String model = query.path("model").asText();
        if (!model.isEmpty()
                && !model.equals(item.json().path("model").asText())
                && !model.equals(item.hidden().path("model").asText())) {
            return false;
        }
        for (Map.Entry<String, JsonNode> pair : query.path("metadata").properties()) {
            if (!item.json().path("metadata").path(pair.getKey()).equals(pair.getValue())) {
                return false;
            }
        }
        return true;
    }

    private WireReply get(Exchange exchange) {
        return reply(exchange, stored(exchange).json());
    }

    private JsonNode judge(Exchange exchange) {
        stored(exchange);
        return Metadata.update(exchange.request().body());
    }

    private WireReply update(Exchange exchange) {
        JsonNode metadata = judge(exchange);
        Item before = stored(exchange);
        Item changed = shelf.change(before.id(), item -> {
                    ObjectNode json = item.json().deepCopy();
                    json.set("metadata", metadata.isObject() ? metadata : json.objectNode());
                    return item.with(json);
                })
                .orElseThrow(() -> ErrorKind.COMPLETION_NOT_FOUND.with(before.id()));
        return reply(exchange, changed.json());
    }

    private WireReply delete(Exchange exchange) {
        String id = stored(exchange).id();
        shelf.remove(id);
        ObjectNode deleted = JsonNodeFactory.instance.objectNode();
        deleted.put("object", "chat.completion.deleted").put("id", id).put("deleted", true);
        return reply(exchange, deleted);
    }

    private WireReply messages(Exchange exchange) {
        Item item = stored(exchange);
        List<JsonNode> messages = new ArrayList<>();
        for (JsonNode message : item.hidden().path("messages")) {
            messages.add(message(item.id() + "-" + messages.size(), message));
        }
        return page(exchange, messages);
    }

    private static ObjectNode message(String id, JsonNode sent) {
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        JsonNode content = sent.path("content");
        message.put("id", id).set("role", sent.path("role"));
        message.set("content", content.isTextual() ? content : message.nullNode());
        message.set("name", orNull(sent.path("name")));
        message.set("content_parts", content.isArray() ? content : message.nullNode());
        for (String name : List.of("tool_calls", "tool_call_id", "function_call")) {
            if (sent.hasNonNull(name)) {
                message.set(name, sent.path(name));
            }
        }
        return message;
    }

    private Item stored(Exchange exchange) {
        String id = exchange.segmentAfter(ChatRequest.ENDPOINT + "/");
        return shelf.get(id).orElseThrow(() -> ErrorKind.COMPLETION_NOT_FOUND.with(id));
    }

    private static WireReply page(Exchange exchange, List<JsonNode> oldestFirst) {
        String query = exchange.request().query();
        Page asked = Page.of(query);
        // Other lists begin with the newest where nothing is said; this one with the oldest.
        Page page =
                exchange.query().has("order") ? asked : new Page(asked.limit(), false, asked.after(), asked.before());
        List<JsonNode> entries = page.of(oldestFirst);
        ObjectNode list = JsonNodeFactory.instance.objectNode().put("object", "list");
        ArrayNode data = list.putArray("data").addAll(entries);
        list.set(
                "first_id",
                data.path(0).path("id").isMissingNode()
                        ? list.nullNode()
                        : data.path(0).path("id"));
        list.set(
                "last_id",
                data.isEmpty() ? list.nullNode() : data.path(data.size() - 1).path("id"));
        list.put("has_more", page.leavesMore(oldestFirst));
        return reply(exchange, list);
    }

    private static WireReply reply(Exchange exchange, JsonNode body) {
        byte[] bytes = Json.bytes(Json.indented(json -> json.writeTree(body)) + "\n");
        return Replies.whole(exchange, bytes, OptionalLong.empty(), 0);
    }

    private static JsonNode orNull(JsonNode node) {
        return node.isMissingNode() ? JsonNodeFactory.instance.nullNode() : node;
    }

    private static ObjectNode object(byte[] body) {
        return (ObjectNode) Json.read(body).orElseThrow();
    }
}
