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
 * @param options what is asked of its form
 */
public record ChatRequest(
        Ask ask, boolean stream, boolean usage, boolean obfuscation, String tier, ChatOptions options) {
    /** The path of this endpoint. */
    public static final String ENDPOINT = "/v1/chat/completions";

    static final int MOST_STOPS = 4;
    private static final List<String> SPEECH_FORMATS = List.of("wav", "aac", "mp3", "flac", "opus", "pcm16");
    private static final List<String> NOT_WHILE_SEARCHING =
            List.of("temperature", "top_p", "presence_penalty", "frequency_penalty", "n");
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
        if (model.family().reasoning() && body.hasNonNull("max_tokens")) {
            // Found before any value is looked at.
            throw ErrorKind.MAX_TOKENS_UNSUPPORTED.with();
        }
        Params.CHAT.check(body);
        checkModel(model);
        checkOptions(body, model);
        Conversation conversation = ChatMessages.read(Members.required(body, "", "messages"), model.id());
        Tools tools = ChatTools.read(body);
        checkTools(tools, model, Members.text(body, "reasoning_effort"));
        Format format = ChatFormat.read(body, conversation);
        ChatOptions form = options(body, model);
        JsonNode options = body.path("stream_options");
        Ask ask = new Ask(
                ENDPOINT,
                model,
                conversation,
                Members.integer(body, "n").orElse(1),
                limit(body, model),
                stops(body),
                tools,
                format,
                Members.text(body, "reasoning_effort"),
                body);
        return new ChatRequest(
                ask,
                Members.flag(body, "stream", false),
                Members.flag(options, "include_usage", false),
                Members.flag(options, "include_obfuscation", true),
                ModelNames.servedTier(body),
                form);
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
        boolean stream = Members.flag(body, "stream", false);
        if (body.path("stream_options").isObject() && !stream) {
            throw ErrorKind.STREAM_OPTIONS.with();
        }
        if (body.path("stop").size() > MOST_STOPS) {
            throw ErrorKind.LONG_ARRAY.with(
                    "stop", MOST_STOPS, body.path("stop").size());
        }
        if (body.hasNonNull("top_logprobs") && !Members.flag(body, "logprobs", false)) {
            throw ErrorKind.TOP_LOGPROBS.with();
        }
        if (!Metadata.read(body).isEmpty() && !Members.flag(body, "store", false)) {
            throw ErrorKind.METADATA_UNSTORED.with();
        }
        if (body.hasNonNull("max_tokens") && body.hasNonNull("max_completion_tokens")) {
            throw ErrorKind.BOTH_LIMITS.with();
        }
        checkKind(body, model);
    }

    private static void checkKind(JsonNode body, Model model) {
        boolean searches = ModelTraits.searches(model);
        if (body.hasNonNull("web_search_options") && !searches) {
            throw ErrorKind.NO_WEB_SEARCH.with();
        }
        for (String name : NOT_WHILE_SEARCHING) {
            if (searches && body.hasNonNull(name)) {
                throw ErrorKind.INCOMPATIBLE.with(name);
            }
        }
        if (!model.family().reasoning()) {
            if (body.hasNonNull("reasoning_effort")) {
                throw ErrorKind.UNRECOGNIZED.with("reasoning_effort");
            }
            return;
        }
        if (Members.reasons(model, Members.text(body, "reasoning_effort"))) {
            checkReasoning(body);
        }
    }

    private static void checkTools(Tools tools, Model model, Optional<String> effort) {
        boolean functions = tools.list().stream().anyMatch(tool -> tool.kind() == Tool.Kind.FUNCTION);
        if (functions && ModelTraits.reasonsWithoutTools(model) && Members.reasons(model, effort)) {
            throw ErrorKind.TOOLS_WHILE_REASONING.with(model.id());
        }
    }

    private static ChatOptions options(JsonNode body, Model model) {
        OptionalInt logprobs = Members.flag(body, "logprobs", false)
                ? OptionalInt.of(Members.integer(body, "top_logprobs").orElse(0))
                : OptionalInt.empty();
        boolean functions = body.hasNonNull("functions") && !body.hasNonNull("tools");
        return new ChatOptions(logprobs, functions, speech(body, model), Members.flag(body, "store", false));
    }

    private static Optional<String> speech(JsonNode body, Model model) {
        boolean asked = false;
        for (JsonNode modality : body.path("modalities")) {
            String name = modality.asText();
            if (!name.equals("text") && !name.equals("audio")) {
                throw ErrorKind.VALUE.with("modalities[0]", name, "'text' and 'audio'");
            }
            asked |= name.equals("audio");
        }
        if (!ModelTraits.speaks(model)) {
            if (asked || body.hasNonNull("audio")) {
                throw ErrorKind.UNSUPPORTED.with(asked ? "modalities" : "audio");
            }
            return Optional.empty();
        }
        if (!asked) {
            if (!body.path("messages").toString().contains("\"input_audio\"")) {
                throw ErrorKind.NEEDS_AUDIO.with();
            }
            return Optional.empty();
        }
        JsonNode audio = Members.requiredObject(body, "", "audio");
        Members.required(audio, "audio", "voice");
        String format = Members.requiredText(audio, "audio", "format");
        if (!SPEECH_FORMATS.contains(format)) {
            throw ErrorKind.VALUE.with("audio.format", format, Param.listed(SPEECH_FORMATS));
        }
        if (Members.flag(body, "stream", false) && !format.equals("pcm16")) {
            throw ErrorKind.STREAMED_AUDIO.with(format);
        }
        return Optional.of(format);
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

    private static OptionalInt limit(JsonNode body, Model model) {
        String name = body.hasNonNull("max_completion_tokens") ? "max_completion_tokens" : "max_tokens";
        OptionalInt limit = Members.integer(body, name);
        if (limit.isPresent() && limit.getAsInt() > model.limit()) {
            throw ErrorKind.MAX_TOKENS_TOO_LARGE.with(name, limit.getAsInt(), model.limit());
        }
        return limit;
    }

    static List<String> stops(JsonNode body) {
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
