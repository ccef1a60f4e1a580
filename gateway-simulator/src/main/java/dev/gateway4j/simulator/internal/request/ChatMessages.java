package dev.gateway4j.simulator.internal.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads {@code messages}: roles, contents, and whether every tool call has its answer. */
final class ChatMessages {
    private static final List<String> ROLES = List.of("system", "assistant", "user", "function", "tool", "developer");
    /** What a call costs besides its name and arguments, in prompt tokens. */
    private static final int CALL_TOKENS = 8;

    private final String model;
    private final List<Turn> turns = new ArrayList<>();
    private final Set<String> open = new LinkedHashSet<>();
    private boolean afterCalls;

    private ChatMessages(String model) {
        this.model = model;
    }

    static Conversation read(JsonNode messages, String model) {
        JsonType.OBJECTS.require("messages", messages.isArray() && messages.isEmpty() ? messages : elements(messages));
        if (messages.isEmpty()) {
            throw ErrorKind.EMPTY_ARRAY.with("messages");
        }
        ChatMessages reader = new ChatMessages(model);
        for (int i = 0; i < messages.size(); i++) {
            reader.message(messages.get(i), i);
        }
        reader.requireAnswered(messages.size());
        return new Conversation(reader.turns);
    }

    private static JsonNode elements(JsonNode messages) {
        for (int i = 0; messages.isArray() && i < messages.size(); i++) {
            JsonType.OBJECT.require("messages[" + i + "]", messages.get(i));
        }
        return messages;
    }

    private void message(JsonNode message, int index) {
        String path = "messages[" + index + "]";
        String role = Members.requiredText(message, path, "role");
        if (!ROLES.contains(role)) {
            throw ErrorKind.VALUE.with(path + ".role", role, Param.listed(ROLES));
        }
        if (role.equals("tool")) {
            answer(message, path, index);
        } else {
            requireAnswered(index);
        }
        turns.add(turn(message, role, path, index));
        if (role.equals("assistant")) {
            calls(message.path("tool_calls"), path);
        }
    }

    private Turn turn(JsonNode message, String role, String path, int index) {
        JsonNode content = message.path("content");
        boolean mayBeSilent = role.equals("assistant")
                && (message.hasNonNull("tool_calls")
                        || message.hasNonNull("function_call")
                        || message.hasNonNull("refusal")
                        || message.hasNonNull("audio"));
        if (content.isMissingNode() && !mayBeSilent) {
            throw ErrorKind.MISSING.with(path + ".content");
        }
        if (content.isNull() && !mayBeSilent) {
            throw ErrorKind.NULL_CONTENT.with(index);
        }
        if (content.isMissingNode() || content.isNull()) {
            return new Turn(role, "", 0, 0);
        }
        return Parts.chat(role, content, path + ".content", model);
    }

    private void calls(JsonNode calls, String path) {
        if (calls.isMissingNode() || calls.isNull()) {
            return;
        }
        JsonType.OBJECTS.require(path + ".tool_calls", calls);
        for (int i = 0; i < calls.size(); i++) {
            JsonNode call = calls.get(i);
            open.add(Members.requiredText(call, path + ".tool_calls[" + i + "]", "id"));
            JsonNode function = call.path("function");
            turns.add(new Turn(
                    "assistant",
                    function.path("name").asText() + function.path("arguments").asText(),
                    0,
                    CALL_TOKENS));
        }
        afterCalls = !calls.isEmpty();
    }

    private void answer(JsonNode message, String path, int index) {
        if (!afterCalls) {
            throw ErrorKind.ORPHAN_TOOL.with(index);
        }
        open.remove(Members.requiredText(message, path, "tool_call_id"));
    }

    private void requireAnswered(int index) {
        if (!open.isEmpty()) {
            throw ErrorKind.UNANSWERED_TOOL.with(index, String.join(", ", open));
        }
        afterCalls = false;
    }
}
