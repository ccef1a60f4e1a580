package dev.gateway4j.simulator.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.model.Models;
import dev.gateway4j.simulator.internal.request.Ask;
import dev.gateway4j.simulator.internal.request.Conversation;
import dev.gateway4j.simulator.internal.request.Format;
import dev.gateway4j.simulator.internal.request.Tool;
import dev.gateway4j.simulator.internal.request.ToolUse;
import dev.gateway4j.simulator.internal.request.Tools;
import dev.gateway4j.simulator.internal.request.Turn;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Requests as the planner gets them, read without any check. */
public final class Asks {
    private Asks() {}

    /** A chat completion. */
    public static Ask chat(String body) {
        return of(
                "/v1/chat/completions",
                Json.read(body.getBytes(StandardCharsets.UTF_8)).orElseThrow());
    }

    /** A request of either endpoint. */
    public static Ask of(String endpoint, JsonNode body) {
        boolean responses = endpoint.contains("responses");
        List<Turn> turns = new ArrayList<>();
        if (body.path("instructions").isTextual()) {
            turns.add(new Turn("developer", body.path("instructions").asText(), 0, 0));
        }
        JsonNode said = responses ? body.path("input") : body.path("messages");
        if (said.isTextual()) {
            turns.add(new Turn("user", said.asText(), 0, 0));
        }
        said.forEach(message -> turns.add(turn(message)));
        JsonNode format = responses ? body.path("text").path("format") : body.path("response_format");
        String limit =
                responses ? "max_output_tokens" : body.has("max_tokens") ? "max_tokens" : "max_completion_tokens";
        List<String> stops = new ArrayList<>();
        body.path("stop").forEach(stop -> stops.add(stop.asText()));
        if (body.path("stop").isTextual()) {
            stops.add(body.path("stop").asText());
        }
        String effort = body.path("reasoning_effort")
                .asText(body.path("reasoning").path("effort").asText());
        return new Ask(
                endpoint,
                Models.deployed(body.path("model").asText()),
                new Conversation(turns),
                body.path("n").asInt(1),
                body.path(limit).isNumber() ? OptionalInt.of(body.path(limit).asInt()) : OptionalInt.empty(),
                stops,
                tools(body),
                format(format),
                Optional.of(effort).filter(text -> !text.isEmpty()),
                body);
    }

    private static Turn turn(JsonNode message) {
        String type = message.path("type").asText("message");
        if (type.equals("function_call")) {
            return new Turn("assistant", "", 0, 0, List.of(use(message.path("call_id"), message)), "");
        }
        if (type.equals("function_call_output")) {
            return new Turn(
                    "tool",
                    text(message.path("output")),
                    0,
                    0,
                    List.of(),
                    message.path("call_id").asText());
        }
        List<ToolUse> calls = new ArrayList<>();
        message.path("tool_calls").forEach(call -> calls.add(use(call.path("id"), call.path("function"))));
        String answers = message.path("tool_call_id").asText();
        return new Turn(message.path("role").asText(), text(message.path("content")), 0, 0, calls, answers);
    }

    private static ToolUse use(JsonNode id, JsonNode function) {
        return new ToolUse(
                id.asText(),
                function.path("name").asText(),
                function.path("arguments").asText());
    }

    private static String text(JsonNode content) {
        if (content.isTextual()) {
            return content.asText();
        }
        List<String> texts = new ArrayList<>();
        content.forEach(part -> texts.add(part.path("text").asText()));
        return String.join("\n", texts);
    }

    private static Tools tools(JsonNode body) {
        List<Tool> list = new ArrayList<>();
        for (JsonNode tool : body.path("tools")) {
            String type = tool.path("type").asText();
            JsonNode function = tool.has(type) ? tool.get(type) : tool;
            Tool.Kind kind = type.equals("function")
                    ? Tool.Kind.FUNCTION
                    : type.equals("custom") ? Tool.Kind.CUSTOM : Tool.Kind.HOSTED;
            list.add(new Tool(
                    kind,
                    function.path("name").asText(type),
                    function.path("description").asText(),
                    function.path("parameters"),
                    function.path("strict").asBoolean()));
        }
        JsonNode choice = body.path("tool_choice");
        JsonNode named = choice.has("function") ? choice.path("function") : choice;
        boolean must = choice.isObject() || choice.asText().equals("required");
        return new Tools(
                list,
                must ? Tools.Choice.REQUIRED : choice.asText().equals("none") ? Tools.Choice.NONE : Tools.Choice.AUTO,
                choice.isObject() ? List.of(named.path("name").asText()) : List.of(),
                body.path("parallel_tool_calls").asBoolean(true));
    }

    private static Format format(JsonNode format) {
        JsonNode schema = format.has("json_schema") ? format.get("json_schema") : format;
        return switch (format.path("type").asText()) {
            case "json_object" -> Format.JSON_OBJECT;
            case "json_schema" ->
                new Format(
                        Format.Kind.JSON_SCHEMA,
                        schema.path("name").asText(),
                        schema.path("schema"),
                        schema.path("strict").asBoolean());
            default -> new Format(Format.Kind.TEXT, "", MissingNode.getInstance(), false);
        };
    }
}
