package dev.gateway4j.simulator.internal.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.simulator.internal.http.Exchange;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.request.Ask;
import dev.gateway4j.simulator.internal.request.Conversation;
import dev.gateway4j.simulator.internal.request.Talk;
import dev.gateway4j.simulator.internal.request.ToolResults;
import dev.gateway4j.simulator.internal.request.Turn;
import java.util.List;
import java.util.Optional;

/**
 * What scenarios look at.
 *
 * @param method the HTTP method
 * @param endpoint the path in one form
 * @param model the model that is asked for; empty if none is
 * @param body the body; a missing node if it is no JSON
 * @param said what was said so far
 * @param headers the headers
 * @param tags what the application says about the call
 */
public record Facts(
        String method,
        String endpoint,
        String model,
        JsonNode body,
        Conversation said,
        WireHeaders headers,
        CallTags tags) {
    /** The facts of a request. */
    public static Facts of(Exchange exchange) {
        byte[] bytes = exchange.request().body();
        return of(
                exchange.request().method(),
                exchange.path().path(),
                exchange.path().deployment(),
                bytes,
                exchange.request().headers(),
                exchange.request().tags());
    }

    /** The facts of a question that came by no request of its own, such as one line of a batch. */
    static Facts of(Ask ask) {
        return new Facts(
                "POST",
                ask.endpoint(),
                ask.body().path("model").asText(ask.model().id()),
                ask.body(),
                Talk.of(ask.body()),
                WireHeaders.empty(),
                CallTags.none());
    }

    /** The facts of a request of which these parts are known. */
    public static Facts of(
            String method,
            String endpoint,
            Optional<String> deployment,
            byte[] bytes,
            WireHeaders headers,
            CallTags tags) {
        JsonNode body =
                bytes.length == 0 ? MissingNode.getInstance() : Json.read(bytes).orElse(MissingNode.getInstance());
        String model = body.path("model").asText(deployment.orElse(""));
        return new Facts(method, endpoint, model, body, Talk.of(body), headers, tags);
    }

    /** True if the request builds on a conversation that it does not hold itself. */
    boolean buildsOnEarlier() {
        return Talk.buildsOnEarlier(body);
    }

    Facts saying(Conversation all) {
        return new Facts(method, endpoint, model, body, all, headers, tags);
    }

    boolean streamed() {
        return body.path("stream").asBoolean(false)
                || headers.first("accept").orElse("").contains("text/event-stream");
    }

    /** How often it was the user's turn. */
    int turn() {
        int count = 0;
        boolean user = false;
        for (Turn turn : said.turns()) {
            if (turn.role().equals("user") && !user) {
                count++;
            }
            user = turn.role().equals("user");
        }
        return count;
    }

    /** Results since the user last spoke of the tool of this name, in order. */
    List<String> results(String tool) {
        return ToolResults.of(said).stream()
                .filter(result -> result.tool().equals(tool))
                .map(ToolResults.Result::text)
                .toList();
    }

    /** The tools that have given results since the user last spoke. */
    List<String> tools() {
        return ToolResults.of(said).stream()
                .map(ToolResults.Result::tool)
                .distinct()
                .toList();
    }
}
