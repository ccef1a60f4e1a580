package dev.gateway4j.simulator.internal.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Reads what is said in a body of any endpoint, without checking it. What is no message says nothing. */
public final class Talk {
    private final List<Turn> turns = new ArrayList<>();

    private Talk() {}

    /** True if the body builds on a conversation that it does not hold itself. */
    public static boolean buildsOnEarlier(JsonNode body) {
        return body.hasNonNull("previous_response_id") || body.hasNonNull("conversation");
    }

    /** What was said so far: what the question holds, and before it what only its reader knows. */
    public static Conversation of(Ask ask) {
        return buildsOnEarlier(ask.body()) ? ask.conversation() : of(ask.body());
    }

    /** What the body says. */
    public static Conversation of(JsonNode body) {
        Talk talk = new Talk();
        body.path("messages").forEach(talk::message);
        if (body.path("instructions").isTextual()) {
            talk.say("developer", body.path("instructions").asText());
        }
        talk.input(body.path("input"));
        JsonNode prompt = body.path("prompt");
        if (prompt.isTextual() || prompt.isArray()) {
            talk.say("user", words(prompt));
        }
        return new Conversation(talk.turns);
    }

    private void input(JsonNode input) {
        if (input.isTextual()) {
            say("user", input.asText());
            return;
        }
        for (JsonNode item : input) {
            switch (item.path("type").asText("message")) {
                case "message" -> message(item);
                case "function_call", "custom_tool_call" ->
                    calls(List.of(new ToolUse(
                            item.path("call_id").asText(),
                            item.path("name").asText(),
                            item.path("arguments").asText(item.path("input").asText()))));
                case "function_call_output", "custom_tool_call_output" ->
                    result(words(item.path("output")), item.path("call_id").asText());
                default -> {}
            }
        }
    }

    private void message(JsonNode message) {
        String role = message.path("role").asText();
        String text = words(message.path("content"));
        if (role.equals("tool")) {
            result(text, message.path("tool_call_id").asText());
            return;
        }
        if (role.equals("function")) {
            String name = message.path("name").asText();
            calls(List.of(new ToolUse(name, name, "")));
            result(text, name);
            return;
        }
        say(role, text);
        List<ToolUse> uses = new ArrayList<>();
        for (JsonNode call : message.path("tool_calls")) {
            JsonNode function = call.has("custom") ? call.path("custom") : call.path("function");
            uses.add(new ToolUse(
                    call.path("id").asText(),
                    function.path("name").asText(),
                    function.path("arguments").asText(function.path("input").asText())));
        }
        if (!uses.isEmpty()) {
            calls(uses);
        }
    }

    private void say(String role, String text) {
        turns.add(new Turn(role, text, 0, 0));
    }

    private void calls(List<ToolUse> uses) {
        turns.add(new Turn("assistant", "", 0, 0, uses, ""));
    }

    private void result(String text, String answers) {
        turns.add(new Turn("tool", text, 0, 0, List.of(), answers));
    }

    private static String words(JsonNode content) {
        if (content.isTextual()) {
            return content.asText();
        }
        List<String> words = new ArrayList<>();
        for (JsonNode part : content) {
            JsonNode text = part.isTextual() ? part : part.path("text");
            if (text.isTextual()) {
                words.add(text.asText());
            }
        }
        return String.join("\n", words);
    }
}
