package dev.gateway4j.simulator.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.simulator.internal.chance.Chance;
import dev.gateway4j.simulator.internal.chance.ResponseIds;
import dev.gateway4j.simulator.internal.encode.ResponseBody;
import dev.gateway4j.simulator.internal.encode.ResponseHead;
import dev.gateway4j.simulator.internal.encode.ResponseLists;
import dev.gateway4j.simulator.internal.encode.ResponseStream;
import dev.gateway4j.simulator.internal.plan.Plan;
import dev.gateway4j.simulator.internal.plan.Planner;
import dev.gateway4j.simulator.internal.plan.PromptTokens;
import dev.gateway4j.simulator.internal.request.Ask;
import dev.gateway4j.simulator.internal.request.Conversation;
import dev.gateway4j.simulator.internal.request.ErrorKind;
import dev.gateway4j.simulator.internal.request.ResponsesRequest;
import dev.gateway4j.simulator.internal.request.Turn;
import dev.gateway4j.simulator.internal.store.ResponseStore;
import dev.gateway4j.simulator.internal.store.StoredResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** {@code /v1/responses}: answers, and the answers kept. */
final class ResponsesHandler {
    private static final String ONE = ResponsesRequest.ENDPOINT + "/";

    private final Planner planner;
    private final PromptTokens promptTokens;
    private final ResponseStore store = new ResponseStore();

    ResponsesHandler(Planner planner, PromptTokens promptTokens) {
        this.planner = planner;
        this.promptTokens = promptTokens;
    }

    WireReply create(Exchange exchange) {
        ResponsesRequest request = ResponsesRequest.read(
                exchange.request().body(), id -> store.get(id).map(StoredResponse::conversation));
        Ask ask = request.ask();
        long prompt = promptTokens.count(ask.model(), ask.conversation());
        if (prompt > ask.model().context()) {
            throw ErrorKind.CONTEXT_RESPONSES.with();
        }
        Plan plan = planner.plan(ask, prompt, exchange.chance());
        long whole = plan.pace().whole(plan.usage().output());
        ResponseIds ids = exchange.ids().response(request.previousId());
        ResponseHead head = new ResponseHead(
                ids.next("resp_", exchange.seconds()),
                ids.next("msg_", exchange.seconds()),
                exchange.seconds(),
                exchange.seconds() + TimeUnit.NANOSECONDS.toSeconds(whole),
                request);
        if (request.stream() && !request.store()) {
            return stream(exchange, head, plan);
        }
        byte[] body = new ResponseBody(head, plan).whole();
        if (request.store()) {
            keep(exchange, head, plan, body, ids);
        }
        if (request.stream()) {
            return stream(exchange, head, plan);
        }
        return Replies.whole(exchange, body, charge(head), whole);
    }

    WireReply get(Exchange exchange) {
        return kept(exchange, stored(exchange).body());
    }

    WireReply delete(Exchange exchange) {
        String id = exchange.segmentAfter(ONE);
        if (!store.remove(id)) {
            throw ErrorKind.RESPONSE_NOT_FOUND.with(id);
        }
        return kept(exchange, ResponseLists.deleted(id));
    }

    WireReply inputItems(Exchange exchange) {
        StoredResponse response = stored(exchange);
        Page page = Page.of(exchange.request().query());
        List<JsonNode> items = page.of(response.inputItems());
        return kept(exchange, ResponseLists.page(items, page.leavesMore(response.inputItems())));
    }

    private StoredResponse stored(Exchange exchange) {
        String id = exchange.segmentAfter(ONE);
        return store.get(id).orElseThrow(() -> ErrorKind.RESPONSE_NOT_FOUND.with(id));
    }

    private WireReply kept(Exchange exchange, byte[] body) {
        return Replies.whole(
                exchange,
                body,
                OptionalLong.empty(),
                planner.pace(exchange.chance()).quick());
    }

    private static WireReply stream(Exchange exchange, ResponseHead head, Plan plan) {
        boolean padded = head.request().obfuscation();
        ResponseStream events = new ResponseStream(
                head,
                plan,
                Optional.of(exchange.chance().draws(Chance.Purpose.PADDING)).filter(draws -> padded),
                exchange.arrived());
        return Replies.stream(
                exchange, events, charge(head).orElse(0), plan.pace().headers());
    }

    private static OptionalLong charge(ResponseHead head) {
        return OptionalLong.of(ChatHandler.charge(head.request().ask().conversation()));
    }

    private void keep(Exchange exchange, ResponseHead head, Plan plan, byte[] body, ResponseIds ids) {
        ResponsesRequest request = head.request();
        Turn answer = new Turn("assistant", plan.choices().get(0).text().text(), 0, 0);
        Conversation conversation = request.history().then(List.of(answer));
        List<JsonNode> items = new ArrayList<>();
        for (JsonNode item : request.input()) {
            items.add(named(item, ids, exchange.seconds()));
        }
        long weight = body.length + (long) exchange.request().body().length;
        store.put(new StoredResponse(head.id(), body, conversation, items, weight));
    }

    private static JsonNode named(JsonNode item, ResponseIds ids, long seconds) {
        ObjectNode named = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> member : item.properties()) {
            named.set(member.getKey(), member.getValue());
            if (member.getKey().equals("type") && !item.has("id")) {
                named.put("id", ids.next(prefix(member.getValue().asText()), seconds));
            }
        }
        return named;
    }

    private static String prefix(String type) {
        return switch (type) {
            case "message" -> "msg_";
            case "reasoning" -> "rs_";
            case "function_call", "function_call_output" -> "fc_";
            case "custom_tool_call", "custom_tool_call_output" -> "ctc_";
            default -> "item_";
        };
    }
}
