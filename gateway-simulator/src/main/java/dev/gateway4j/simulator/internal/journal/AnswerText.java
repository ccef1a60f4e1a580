package dev.gateway4j.simulator.internal.journal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.simulator.Answer;
import dev.gateway4j.simulator.internal.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What an answer says and calls, read back from its bytes: a chat completion, a response or a completion, whole or streamed. */
public final class AnswerText {
    private final StringBuilder text = new StringBuilder();
    private final Map<String, String> names = new TreeMap<>();
    private final Map<String, StringBuilder> arguments = new TreeMap<>();
    private final List<Answer.Call> whole = new ArrayList<>();

    private AnswerText() {}

    /** Reads an answer. What is none of these says nothing. */
    public static AnswerText of(byte[] bytes) {
        AnswerText heard = new AnswerText();
        String all = new String(bytes, StandardCharsets.UTF_8);
        if (!all.startsWith("data:") && !all.startsWith("event:")) {
            Json.read(bytes).ifPresent(heard::body);
            return heard;
        }
        all.lines()
                .filter(line -> line.startsWith("data: {"))
                .flatMap(line -> Json.read(Json.bytes(line.substring("data: ".length()))).stream())
                .forEach(heard::event);
        return heard;
    }

    /** What is said. */
    public String text() {
        return text.toString();
    }

    /** The tools that are called, in order. */
    public List<Answer.Call> calls() {
        List<Answer.Call> calls = new ArrayList<>(whole);
        names.forEach((key, name) -> calls.add(new Answer.Call(
                name,
                Optional.ofNullable(arguments.get(key))
                        .map(StringBuilder::toString)
                        .orElse(""))));
        return List.copyOf(calls);
    }

    private void body(JsonNode body) {
        for (JsonNode choice : body.path("choices")) {
            text.append(choice.path("message").path("content").asText(""));
            text.append(choice.path("text").asText(""));
            choice.path("message").path("tool_calls").forEach(this::call);
        }
        body.path("output").forEach(this::item);
    }

    private void event(JsonNode event) {
        for (JsonNode choice : event.path("choices")) {
            JsonNode delta = choice.path("delta");
            text.append(delta.path("content").asText(""));
            text.append(choice.path("text").asText(""));
            for (JsonNode call : delta.path("tool_calls")) {
                delta(choice.path("index").asInt(), call);
            }
        }
        if (event.path("type").asText().equals("response.output_item.done")) {
            item(event.path("item"));
        }
    }

    private void delta(int choice, JsonNode call) {
        String key = String.format(
                Locale.ROOT, "%05d.%05d", choice, call.path("index").asInt());
        JsonNode function = call.has("custom") ? call.path("custom") : call.path("function");
        if (function.hasNonNull("name")) {
            names.put(key, function.path("name").asText());
        }
        arguments
                .computeIfAbsent(key, it -> new StringBuilder())
                .append(function.path("arguments").asText(function.path("input").asText("")));
    }

    private void item(JsonNode item) {
        switch (item.path("type").asText()) {
            case "message" ->
                item.path("content")
                        .forEach(part -> text.append(part.path("text").asText("")));
            case "function_call", "custom_tool_call" -> call(item);
            default -> {}
        }
    }

    private void call(JsonNode call) {
        JsonNode function = call.has("function")
                ? call.path("function")
                : call.path("custom").isObject() ? call.path("custom") : call;
        whole.add(new Answer.Call(
                function.path("name").asText(),
                function.path("arguments").asText(function.path("input").asText(""))));
    }
}
