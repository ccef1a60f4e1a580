package dev.gateway4j.simulator.internal.request;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.simulator.internal.model.Model;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A chat completion that was asked for and may be answered.
 *
 * @param ask what is asked
 * @param stream true if the answer is streamed
 * @param usage true if a stream tells its usage
 * @param obfuscation true if streamed events are padded
 * @param tier the service tier that will have served
 */
public record ChatRequest(Ask ask, boolean stream, boolean usage, boolean obfuscation, String tier) {
    /** The path of this endpoint. */
    public static final String ENDPOINT = "/v1/chat/completions";

    private static final int MOST_STOPS = 4;
    private static final List<String> NOT_WHILE_REASONING =
            List.of("top_p", "presence_penalty", "frequency_penalty", "logprobs", "top_logprobs", "stop");

    /**
     * Reads and checks a request.
     *
     * @param bytes the body
     * @param deployment the deployment of the path, which decides the model where there is one
     */
    public static ChatRequest read(byte[] bytes, Optional<String> deployment) {
        JsonNode body = Members.body(bytes);
        Model model = ModelNames.required(body, deployment);
        Params.CHAT.check(body);
        checkModel(model);
        checkOptions(body, model);
        Conversation conversation = ChatMessages.read(Members.required(body, "", "messages"), model.id());
        checkFormat(body, conversation);
        JsonNode options = body.path("stream_options");
        Ask ask = new Ask(
                ENDPOINT,
                model,
                conversation,
                Members.integer(body, "n").orElse(1),
                limit(body, model),
                stops(body),
                body);
        return new ChatRequest(
                ask,
                Members.flag(body, "stream", false),
                Members.flag(options, "include_usage", false),
                Members.flag(options, "include_obfuscation", true),
                ModelNames.servedTier(body));
    }

    private static void checkModel(Model model) {
        if (model.kind().equals("responses")) {
            throw ErrorKind.RESPONSES_ONLY.with();
        }
        if (!model.chats()) {
            throw ErrorKind.NOT_CHAT.with();
        }
    }

    private static void checkOptions(JsonNode body, Model model) {
        if (body.path("stream_options").isObject() && !Members.flag(body, "stream", false)) {
            throw ErrorKind.STREAM_OPTIONS.with();
        }
        if (body.path("stop").size() > MOST_STOPS) {
            throw ErrorKind.LONG_ARRAY.with(
                    "stop", MOST_STOPS, body.path("stop").size());
        }
        if (!model.family().reasoning()) {
            return;
        }
        if (body.hasNonNull("max_tokens")) {
            throw ErrorKind.MAX_TOKENS_UNSUPPORTED.with();
        }
        if (Members.reasons(model, Members.text(body, "reasoning_effort"))) {
            checkReasoning(body);
        }
    }

    private static void checkReasoning(JsonNode body) {
        JsonNode temperature = body.path("temperature");
        if (temperature.isNumber() && temperature.decimalValue().compareTo(BigDecimal.ONE) != 0) {
            throw ErrorKind.UNSUPPORTED_VALUE.with("temperature", temperature.asText());
        }
        for (String name : NOT_WHILE_REASONING) {
            JsonNode value = body.path(name);
            boolean off = value.isMissingNode()
                    || value.isNull()
                    || (value.isNumber() && value.asDouble() == (name.equals("top_p") ? 1 : 0))
                    || (value.isBoolean() && !value.asBoolean());
            if (!off) {
                throw ErrorKind.UNSUPPORTED.with(name);
            }
        }
    }

    private static void checkFormat(JsonNode body, Conversation conversation) {
        String format = body.path("response_format").path("type").asText();
        if (format.equals("json_object") && !conversation.says("json")) {
            throw ErrorKind.JSON_WORD.with();
        }
    }

    private static OptionalInt limit(JsonNode body, Model model) {
        String name = body.hasNonNull("max_completion_tokens") ? "max_completion_tokens" : "max_tokens";
        OptionalInt limit = Members.integer(body, name);
        if (limit.isPresent() && limit.getAsInt() > model.limit()) {
            throw ErrorKind.MAX_TOKENS_TOO_LARGE.with(name, limit.getAsInt(), model.limit());
        }
        return limit;
    }

    private static List<String> stops(JsonNode body) {
        JsonNode stop = body.path("stop");
        List<String> stops = new ArrayList<>();
        if (stop.isTextual()) {
            stops.add(stop.asText());
        }
        for (JsonNode one : stop) {
            stops.add(one.asText());
        }
        stops.removeIf(String::isEmpty);
        return stops;
    }
}
