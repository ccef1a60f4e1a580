package dev.gateway4j.simulator.internal.request;

import static dev.gateway4j.simulator.internal.request.Param.any;
import static dev.gateway4j.simulator.internal.request.Param.choice;
import static dev.gateway4j.simulator.internal.request.Param.integer;
import static dev.gateway4j.simulator.internal.request.Param.number;
import static dev.gateway4j.simulator.internal.request.Param.objects;
import static dev.gateway4j.simulator.internal.request.Param.typed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The members each endpoint knows. Anything else is an unknown parameter. */
final class Params {
    private static final int MOST = Integer.MAX_VALUE;

    static final Params CHAT = new Params(
            any("messages"),
            any("model"),
            typed("audio", JsonType.OBJECT),
            typed("modalities", JsonType.STRINGS),
            number("frequency_penalty", -2, 2),
            number("presence_penalty", -2, 2),
            number("temperature", 0, 2),
            number("top_p", 0, 1),
            typed("logit_bias", JsonType.OBJECT),
            typed("logprobs", JsonType.BOOLEAN),
            integer("top_logprobs", 0, 20),
            integer("max_completion_tokens", 0, MOST),
            integer("max_tokens", 0, MOST),
            integer("n", 1, 128),
            typed("stop", JsonType.STRING_OR_STRINGS),
            typed("seed", JsonType.INTEGER),
            typed("stream", JsonType.BOOLEAN),
            typed("stream_options", JsonType.OBJECT),
            objects("tools", 128),
            typed("tool_choice", JsonType.STRING_OR_OBJECT),
            typed("parallel_tool_calls", JsonType.BOOLEAN),
            objects("functions", 128),
            typed("function_call", JsonType.STRING_OR_OBJECT),
            typed("response_format", JsonType.OBJECT),
            choice("reasoning_effort", "none", "minimal", "low", "medium", "high", "xhigh", "max"),
            choice("verbosity", "low", "medium", "high"),
            typed("prediction", JsonType.OBJECT),
            choice("service_tier", "auto", "default", "flex", "scale", "priority", "fast"),
            typed("store", JsonType.BOOLEAN),
            typed("metadata", JsonType.OBJECT),
            typed("web_search_options", JsonType.OBJECT),
            typed("moderation", JsonType.OBJECT),
            typed("prompt_cache_key", JsonType.STRING),
            typed("prompt_cache_options", JsonType.OBJECT),
            choice("prompt_cache_retention", "in_memory", "24h"),
            typed("safety_identifier", JsonType.STRING),
            typed("user", JsonType.STRING));

    static final Params RESPONSES = new Params(
            any("input"),
            any("model"),
            typed("instructions", JsonType.STRING),
            typed("include", JsonType.STRINGS),
            typed("previous_response_id", JsonType.STRING),
            typed("conversation", JsonType.STRING_OR_OBJECT),
            typed("background", JsonType.BOOLEAN),
            typed("store", JsonType.BOOLEAN),
            typed("stream", JsonType.BOOLEAN),
            typed("stream_options", JsonType.OBJECT),
            typed("reasoning", JsonType.OBJECT),
            typed("text", JsonType.OBJECT),
            typed("tools", JsonType.OBJECTS),
            typed("tool_choice", JsonType.STRING_OR_OBJECT),
            typed("parallel_tool_calls", JsonType.BOOLEAN),
            integer("max_tool_calls", 1, MOST),
            integer("max_output_tokens", 16, MOST),
            number("temperature", 0, 2),
            number("top_p", 0, 1),
            integer("top_logprobs", 0, 20),
            choice("truncation", "auto", "disabled"),
            typed("context_management", JsonType.OBJECTS),
            typed("prompt", JsonType.OBJECT),
            typed("metadata", JsonType.OBJECT),
            choice("service_tier", "auto", "default", "flex", "scale", "priority", "fast", "ultrafast"),
            typed("moderation", JsonType.OBJECT),
            typed("prompt_cache_key", JsonType.STRING),
            typed("prompt_cache_options", JsonType.OBJECT),
            choice("prompt_cache_retention", "in_memory", "24h"),
            typed("safety_identifier", JsonType.STRING),
            typed("user", JsonType.STRING));

    static final Params COMPLETIONS = new Params(
            any("model"),
            any("prompt"),
            integer("best_of", 0, 20),
            typed("echo", JsonType.BOOLEAN),
            number("frequency_penalty", -2, 2),
            typed("logit_bias", JsonType.OBJECT),
            integer("logprobs", 0, 5),
            integer("max_tokens", 0, MOST),
            integer("n", 1, 128),
            number("presence_penalty", -2, 2),
            typed("seed", JsonType.INTEGER),
            typed("stop", JsonType.STRING_OR_STRINGS),
            typed("stream", JsonType.BOOLEAN),
            typed("stream_options", JsonType.OBJECT),
            typed("suffix", JsonType.STRING),
            number("temperature", 0, 2),
            number("top_p", 0, 1),
            typed("user", JsonType.STRING));

    static final Params EMBEDDINGS = new Params(
            any("input"),
            any("model"),
            choice("encoding_format", "float", "base64"),
            typed("dimensions", JsonType.INTEGER),
            typed("user", JsonType.STRING));

    static final Params CONVERSATION = new Params(objects("items", 20), typed("metadata", JsonType.OBJECT));

    private final Map<String, Param> known;

    Params(Param... known) {
        this.known = Stream.of(known).collect(Collectors.toUnmodifiableMap(Param::name, Function.identity()));
    }

    /** Checks every member there is, in the order of the request. */
    void check(JsonNode body) {
        for (Map.Entry<String, JsonNode> member : body.properties()) {
            Param param = known.get(member.getKey());
            if (param == null) {
                throw ErrorKind.UNKNOWN_PARAMETER.with(member.getKey());
            }
            param.check(member.getValue());
        }
        for (Map.Entry<String, JsonNode> pair : body.path("metadata").properties()) {
            JsonType.STRING.require("metadata." + pair.getKey(), pair.getValue());
        }
    }

    /** The fields of a form, which are all texts, as the types they stand for. */
    ObjectNode fromForm(ObjectNode form) {
        ObjectNode typed = form.objectNode();
        for (Map.Entry<String, JsonNode> field : form.properties()) {
            Param param = known.get(field.getKey());
            typed.set(field.getKey(), param == null ? field.getValue() : param.fromText(field.getValue()));
        }
        return typed;
    }
}
