package dev.gateway4j.simulator.internal.request;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.simulator.internal.model.Model;
import dev.gateway4j.simulator.internal.model.Models;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A response that was asked for and may be answered.
 *
 * @param ask what is asked; its conversation holds the instructions, what was said before, and the input
 * @param history the items before the input
 * @param input the input as items
 * @param previousId the response before this one; empty if it is the first
 * @param conversationId the conversation it belongs to; empty if it belongs to none
 * @param include what is to be told besides
 * @param stream true if the answer is streamed
 * @param obfuscation whether streamed deltas are padded; empty for what is usual
 * @param store true if the response can be asked for again
 * @param background true if it is made in the background
 * @param tier the service tier that will have served
 */
public record ResponsesRequest(
        Ask ask,
        List<JsonNode> history,
        List<JsonNode> input,
        String previousId,
        String conversationId,
        Set<String> include,
        boolean stream,
        Optional<Boolean> obfuscation,
        boolean store,
        boolean background,
        String tier) {
    /** The path of this endpoint. */
    public static final String ENDPOINT = "/v1/responses";

    private static final List<String> INCLUDABLE = List.of(
            "file_search_call.results",
            "web_search_call.results",
            "web_search_call.action.sources",
            "message.input_image.image_url",
            "computer_call_output.output.image_url",
            "code_interpreter_call.outputs",
            "reasoning.encrypted_content",
            "message.output_text.logprobs");
    /** Parameters of chat completions under the names they have here. */
    private static final Map<String, String> MOVED = Map.of(
            "messages", "input",
            "response_format", "text.format",
            "max_tokens", "max_output_tokens",
            "max_completion_tokens", "max_output_tokens",
            "reasoning_effort", "reasoning.effort",
            "verbosity", "text.verbosity");

    private static final String PROMPT_MODEL = "gpt-4o";

    /** Copies the collections. */
    public ResponsesRequest {
        history = List.copyOf(history);
        input = List.copyOf(input);
        include = Set.copyOf(include);
    }

    /**
     * Reads and checks a request.
     *
     * @param bytes the body
     * @param azure true if models are deployments, under any name
     * @param remembered what was said before
     */
    public static ResponsesRequest read(byte[] bytes, boolean azure, Remembered remembered) {
        JsonNode body = Members.body(bytes);
        Model model = model(body, azure);
        checkMoved(body);
        Params.RESPONSES.check(body);
        Set<String> include = include(body);
        ResponseOptions.check(body, model);
        String previousId = Members.text(body, "previous_response_id").orElse("");
        String conversationId = conversationId(body);
        if (!previousId.isEmpty() && !conversationId.isEmpty()) {
            throw ErrorKind.PREVIOUS_AND_CONVERSATION.with();
        }
        Tools tools = ResponseTools.read(body);
        Format format = ResponseOptions.format(body);
        List<JsonNode> history = history(previousId, conversationId, remembered);
        List<JsonNode> input = input(body, model, remembered);
        Dialogue.checkOrder(input);
        List<JsonNode> all = new ArrayList<>(history);
        all.addAll(input);
        Dialogue.checkCalls(all);
        Conversation said = instructed(body, Dialogue.turns(all, model.id()));
        if (format.kind() == Format.Kind.JSON_OBJECT && !said.says("json")) {
            throw ErrorKind.JSON_WORD_RESPONSES.with();
        }
        Ask ask = new Ask(
                ENDPOINT,
                model,
                said,
                1,
                Members.integer(body, "max_output_tokens"),
                List.of(),
                tools,
                format,
                Members.text(body.path("reasoning"), "effort"),
                body);
        return new ResponsesRequest(
                ask,
                history,
                input,
                previousId,
                conversationId,
                include,
                Members.flag(body, "stream", false),
                obfuscation(body),
                Members.flag(body, "store", true),
                Members.flag(body, "background", false),
                ModelNames.servedTier(body));
    }

    /** True if the model reasons on this request. */
    public boolean reasons() {
        return Members.reasons(ask.model(), ask.effort());
    }

    /** True if this is asked for in {@code include}. */
    public boolean includes(String what) {
        return include.contains(what);
    }

    /** Whether these names may be included; the names. */
    public static Set<String> checkIncludes(JsonNode names) {
        Set<String> known = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i).asText();
            if (!INCLUDABLE.contains(name)) {
                throw ErrorKind.VALUE.with("include[" + i + "]", name, Param.listed(INCLUDABLE));
            }
            known.add(name);
        }
        return known;
    }

    private static Set<String> include(JsonNode body) {
        return checkIncludes(body.path("include"));
    }

    private static Model model(JsonNode body, boolean azure) {
        if (!body.hasNonNull("model") && body.path("prompt").isObject()) {
            return Models.named(PROMPT_MODEL).orElseThrow();
        }
        if (azure && body.path("model").isTextual()) {
            return Models.deployed(body.path("model").asText());
        }
        return ModelNames.requiredForResponse(body);
    }

    private static void checkMoved(JsonNode body) {
        for (Map.Entry<String, JsonNode> member : body.properties()) {
            if (MOVED.containsKey(member.getKey())) {
                throw ErrorKind.MOVED.with(member.getKey(), MOVED.getOrDefault(member.getKey(), ""));
            }
        }
    }

    private static String conversationId(JsonNode body) {
        JsonNode conversation = body.path("conversation");
        return conversation.isObject()
                ? Members.requiredText(conversation, "conversation", "id")
                : conversation.asText().equals("null") ? "" : conversation.asText();
    }

    private static List<JsonNode> history(String previousId, String conversationId, Remembered remembered) {
        if (!previousId.isEmpty()) {
            return remembered.response(previousId).orElseThrow(() -> ErrorKind.PREVIOUS_NOT_FOUND.with(previousId));
        }
        if (!conversationId.isEmpty()) {
            return remembered
                    .conversation(conversationId)
                    .orElseThrow(() -> ErrorKind.CONVERSATION_NOT_FOUND.with(conversationId));
        }
        return List.of();
    }

    private static List<JsonNode> input(JsonNode body, Model model, Remembered remembered) {
        boolean goesOn = body.path("prompt").isObject()
                || body.hasNonNull("previous_response_id")
                || body.hasNonNull("conversation");
        if (!body.hasNonNull("input") && goesOn) {
            return List.of();
        }
        return InputItems.read(Members.required(body, "", "input"), "input", model.id(), remembered::item);
    }

    private static Conversation instructed(JsonNode body, List<Turn> said) {
        List<Turn> turns = new ArrayList<>();
        Members.text(body, "instructions").ifPresent(text -> turns.add(new Turn("developer", text, 0, 0)));
        return new Conversation(turns).then(said);
    }

    private static Optional<Boolean> obfuscation(JsonNode body) {
        return Optional.of(body.path("stream_options").path("include_obfuscation"))
                .filter(JsonNode::isBoolean)
                .map(JsonNode::asBoolean);
    }
}
