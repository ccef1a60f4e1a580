package dev.gateway4j.testkit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.api.openai.SseParser;
import dev.gateway4j.cassette.RecordedBody;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What was said in a request or an answer, in the order in which it stands there.
 *
 * @param lines who said what
 */
record Said(List<Line> lines) {
    private static final String ASSISTANT = "assistant";

    /** Who said what. */
    record Line(String who, String text) {}

    boolean isEmpty() {
        return lines.isEmpty();
    }

    /** Messages, input or prompt of a request. */
    static Said asked(JsonNode request) {
        List<Line> lines = new ArrayList<>();
        add(lines, "system", request.path("system"));
        add(lines, "instructions", request.path("instructions"));
        request.path("messages").forEach(message -> message(lines, message));
        if (request.path("input").isArray() && request.path("input").path(0).isObject()) {
            request.path("input").forEach(item -> item(lines, item));
        } else {
            add(lines, "user", request.path("input"));
        }
        add(lines, "user", request.path("prompt"));
        request.path("contents").forEach(content -> add(lines, role(content, "user"), content.path("parts")));
        return new Said(lines);
    }

    /** Choices, output, content or error of an answer. */
    static Said answered(JsonNode answer) {
        List<Line> lines = new ArrayList<>();
        for (JsonNode choice : answer.path("choices")) {
            message(lines, choice.path("message"));
            add(lines, ASSISTANT, choice.path("text"));
        }
        answer.path("output").forEach(item -> item(lines, item));
        add(lines, ASSISTANT, answer.path("content"));
        add(lines, ASSISTANT, answer.path("text"));
        answer.path("candidates")
                .forEach(candidate ->
                        add(lines, ASSISTANT, candidate.path("content").path("parts")));
        add(lines, "error", answer.path("error").path("message"));
        JsonNode data = answer.path("data");
        if (data.isArray()) {
            lines.add(new Line("answer", data.size() + (data.size() == 1 ? " object" : " objects")));
        }
        return new Said(lines);
    }

    /** What the deltas of a stream add up to. */
    static Said streamed(RecordedBody body) {
        StringBuilder text = new StringBuilder();
        StringBuilder calls = new StringBuilder();
        SseParser parser = new SseParser((type, data, offset, length) -> delta(
                Facts.json(RecordedBody.of(new String(data, offset, length, StandardCharsets.UTF_8))), text, calls));
        parser.feed(body.bytes(), 0, body.length());
        List<Line> lines = new ArrayList<>();
        if (!text.isEmpty()) {
            lines.add(new Line(ASSISTANT, text.toString()));
        }
        if (!calls.isEmpty()) {
            lines.add(new Line(ASSISTANT, "calls " + calls.toString().strip()));
        }
        return new Said(lines);
    }

    private static void delta(JsonNode event, StringBuilder text, StringBuilder calls) {
        for (JsonNode choice : event.path("choices")) {
            text.append(choice.path("text").asText(""));
            text.append(choice.path("delta").path("content").asText(""));
            for (JsonNode call : choice.path("delta").path("tool_calls")) {
                JsonNode function = call.path("function");
                calls.append(function.has("name") ? " " + function.path("name").asText() : "");
                calls.append(function.path("arguments").asText(""));
            }
        }
        JsonNode delta = event.path("delta");
        text.append(delta.isTextual() ? delta.asText() : delta.path("text").asText(""));
    }

    private static void message(List<Line> lines, JsonNode message) {
        add(lines, role(message, ASSISTANT), message.path("content"));
        add(lines, role(message, ASSISTANT), message.path("refusal"));
        for (JsonNode call : message.path("tool_calls")) {
            JsonNode function = call.path("function");
            lines.add(new Line(
                    role(message, ASSISTANT),
                    "calls " + function.path("name").asText()
                            + function.path("arguments").asText()));
        }
    }

    private static void item(List<Line> lines, JsonNode item) {
        if (item.has("arguments")) {
            lines.add(new Line(
                    ASSISTANT,
                    "calls " + item.path("name").asText()
                            + item.path("arguments").asText()));
        }
        add(lines, "tool", item.path("output"));
        add(lines, role(item, ASSISTANT), item.path("content"));
    }

    private static String role(JsonNode message, String otherwise) {
        return message.path("role").asText(otherwise);
    }

    private static void add(List<Line> lines, String who, JsonNode content) {
        String text = text(content);
        if (!text.isEmpty()) {
            lines.add(new Line(who, text));
        }
    }

    private static String text(JsonNode content) {
        if (content.isArray() && content.path(0).isObject()) {
            List<String> parts = new ArrayList<>();
            content.forEach(part -> parts.add(
                    part.path("text").isTextual()
                            ? part.path("text").asText()
                            : "[" + part.path("type").asText("part") + "]"));
            return String.join("\n", parts);
        }
        if (content.isMissingNode() || content.isNull()) {
            return "";
        }
        return content.isTextual() ? content.asText() : content.toString();
    }
}
