package dev.gateway4j.simulator.internal.limit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.gateway4j.api.openai.RequestFacts;
import dev.gateway4j.api.openai.RequestReader;
import dev.gateway4j.simulator.internal.http.Quota;
import dev.gateway4j.simulator.internal.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/**
 * What the limiter takes a request for, by rules that were found on recordings: output is not reckoned in, whatever is asked for.
 *
 * @param model the model asked for; empty if none was
 * @param tokens the tokens it is charged; none where only requests count
 */
public record Charges(String model, OptionalLong tokens) {
    private static final int DEEPEST = 200;

    /** What a request costs at an endpoint; empty where no limits hold. */
    public static Optional<Charges> of(String endpoint, Optional<String> deployment, byte[] body) {
        return switch (endpoint) {
            case "/v1/chat/completions", "/v1/responses" -> Optional.of(ofConversation(deployment, body));
            case "/v1/embeddings" -> Optional.of(ofTree(deployment, body, Charges::embeddings));
            case "/v1/completions" -> Optional.of(ofTree(deployment, body, Charges::completions));
            default ->
                endpoint.startsWith("/v1/images/") || endpoint.startsWith("/v1/audio/")
                        ? Optional.of(requestsOnly(deployment, body))
                        : Optional.empty();
        };
    }

    private static Charges ofConversation(Optional<String> deployment, byte[] body) {
        RequestFacts facts = RequestReader.read(body, DEEPEST);
        long tokens = Quota.charge(facts.textCharacters(), facts.messages(), facts.images());
        return new Charges(deployment.or(facts::model).orElse(""), OptionalLong.of(tokens));
    }

    private static Charges requestsOnly(Optional<String> deployment, byte[] body) {
        return new Charges(
                deployment.or(RequestReader.read(body, DEEPEST)::model).orElse(""), OptionalLong.empty());
    }

    private static Charges ofTree(Optional<String> deployment, byte[] body, ToLongFunction<JsonNode> tokens) {
        JsonNode tree = Json.read(body).orElseGet(MissingNode::getInstance);
        return new Charges(
                deployment.orElseGet(() -> tree.path("model").asText("")), OptionalLong.of(tokens.applyAsLong(tree)));
    }

    /** A quarter of the bytes of all texts together, rounded down; tokens count as they are; at least one. */
    private static long embeddings(JsonNode body) {
        JsonNode input = body.path("input");
        return Math.max(1, bytes(input) / 4 + tokens(input));
    }

    /** The same and one for every answer to every prompt. */
    private static long completions(JsonNode body) {
        JsonNode prompt = body.path("prompt");
        boolean many = prompt.isArray() && !prompt.isEmpty() && !prompt.get(0).isNumber();
        long answers =
                (long) (many ? prompt.size() : 1) * Math.max(1, body.path("n").asInt(1));
        return bytes(prompt) / 4 + tokens(prompt) + answers;
    }

    private static long bytes(JsonNode input) {
        if (input.isTextual()) {
            return input.asText().getBytes(StandardCharsets.UTF_8).length;
        }
        long sum = 0;
        for (JsonNode one : input) {
            sum += one.isTextual() ? one.asText().getBytes(StandardCharsets.UTF_8).length : 0;
        }
        return sum;
    }

    private static long tokens(JsonNode input) {
        long sum = 0;
        for (JsonNode one : input) {
            sum += one.isNumber() ? 1 : one.size();
        }
        return sum;
    }
}
