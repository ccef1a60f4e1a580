package dev.gateway4j.simulator.internal.request;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.simulator.internal.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A response that was asked for and may be answered.
 *
 * @param ask what is asked; its conversation holds the instructions, what was said before, and the input
 * @param history what is remembered for the response after this one: the same without instructions
 * @param input the input as items
 * @param previousId the response before this one; empty if it is the first
 * @param stream true if the answer is streamed
 * @param obfuscation true if streamed deltas are padded
 * @param store true if the response can be asked for again
 * @param tier the service tier that will have served
 */
public record ResponsesRequest(
        Ask ask,
        Conversation history,
        List<JsonNode> input,
        String previousId,
        boolean stream,
        boolean obfuscation,
        boolean store,
        String tier) {
    /** The path of this endpoint. */
    public static final String ENDPOINT = "/v1/responses";

    private static final List<String> NOT_WHILE_REASONING = List.of("temperature", "top_p", "top_logprobs");

    /** Copies the list. */
    public ResponsesRequest {
        input = List.copyOf(input);
    }

    /**
     * Reads and checks a request.
     *
     * @param bytes the body
     * @param stored what was said up to a response, by its id
     */
    public static ResponsesRequest read(byte[] bytes, Function<String, Optional<Conversation>> stored) {
        JsonNode body = Members.body(bytes);
        Model model = ModelNames.requiredForResponse(body);
        Params.RESPONSES.check(body);
        checkOptions(body, model);
        String previousId = Members.text(body, "previous_response_id").orElse("");
        InputItems items = InputItems.read(Members.required(body, "", "input"), model.id());
        Conversation history = before(previousId, stored).then(items.turns());
        Conversation all = instructed(body, history);
        checkFormat(body, all);
        Ask ask = new Ask(ENDPOINT, model, all, 1, Members.integer(body, "max_output_tokens"), List.of(), body);
        return new ResponsesRequest(
                ask,
                history,
                items.items(),
                previousId,
                Members.flag(body, "stream", false),
                Members.flag(body.path("stream_options"), "include_obfuscation", true),
                Members.flag(body, "store", true),
                ModelNames.servedTier(body));
    }

    private static void checkOptions(JsonNode body, Model model) {
        if (body.path("stream_options").isObject() && !Members.flag(body, "stream", false)) {
            throw ErrorKind.STREAM_OPTIONS.with();
        }
        JsonNode conversation = body.path("conversation");
        if (conversation.isTextual() || conversation.isObject()) {
            throw ErrorKind.CONVERSATION_NOT_FOUND.with(
                    conversation.isTextual()
                            ? conversation.asText()
                            : conversation.path("id").asText());
        }
        if (Members.reasons(model, Members.text(body.path("reasoning"), "effort"))) {
            for (String name : NOT_WHILE_REASONING) {
                if (body.hasNonNull(name)) {
                    throw ErrorKind.UNSUPPORTED_RESPONSES.with(name);
                }
            }
        }
    }

    private static Conversation before(String previousId, Function<String, Optional<Conversation>> stored) {
        if (previousId.isEmpty()) {
            return new Conversation(List.of());
        }
        return stored.apply(previousId).orElseThrow(() -> ErrorKind.PREVIOUS_NOT_FOUND.with(previousId));
    }

    private static Conversation instructed(JsonNode body, Conversation history) {
        List<Turn> turns = new ArrayList<>();
        Members.text(body, "instructions").ifPresent(text -> turns.add(new Turn("developer", text, 0, 0)));
        return new Conversation(turns).then(history.turns());
    }

    private static void checkFormat(JsonNode body, Conversation conversation) {
        String format = body.path("text").path("format").path("type").asText();
        if (format.equals("json_object") && !conversation.says("json")) {
            throw ErrorKind.JSON_WORD_RESPONSES.with();
        }
    }
}
