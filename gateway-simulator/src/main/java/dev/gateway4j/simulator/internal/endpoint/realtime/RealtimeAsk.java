package dev.gateway4j.simulator.internal.endpoint.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.model.Models;
import dev.gateway4j.simulator.internal.request.Ask;
import dev.gateway4j.simulator.internal.request.Conversation;
import dev.gateway4j.simulator.internal.request.Format;
import dev.gateway4j.simulator.internal.request.Tool;
import dev.gateway4j.simulator.internal.request.Tools;
import dev.gateway4j.simulator.internal.request.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Turns a session and a conversation into what a plan is made from. */
final class RealtimeAsk {
    private RealtimeAsk() {}

    /** What is asked, by the settings that count for this response. */
    static Ask of(String model, ObjectNode settings, List<Turn> turns) {
        List<Turn> all = new ArrayList<>();
        String instructions = settings.path("instructions").asText("");
        if (!instructions.isEmpty()) {
            all.add(new Turn("system", instructions, 0, 0));
        }
        all.addAll(turns);
        return new Ask(
                Realtime.ENDPOINT,
                Models.deployed(model),
                new Conversation(all),
                1,
                limit(settings),
                List.of(),
                tools(settings),
                Format.TEXT,
                Optional.empty(),
                settings);
    }

    /** The most tokens, by the name of today or that of the beta. */
    static JsonNode most(ObjectNode settings) {
        JsonNode most = settings.path("max_output_tokens");
        return most.isMissingNode() ? settings.path("max_response_output_tokens") : most;
    }

    private static OptionalInt limit(ObjectNode settings) {
        JsonNode most = most(settings);
        return most.isInt() ? OptionalInt.of(most.asInt()) : OptionalInt.empty();
    }

    private static Tools tools(ObjectNode settings) {
        List<Tool> tools = new ArrayList<>();
        for (JsonNode tool : settings.path("tools")) {
            if (tool.path("type").asText().equals("function")) {
                JsonNode parameters = tool.path("parameters");
                tools.add(new Tool(
                        Tool.Kind.FUNCTION,
                        tool.path("name").asText(),
                        tool.path("description").asText(""),
                        parameters.isObject() ? parameters : MissingNode.getInstance(),
                        false));
            }
        }
        if (tools.isEmpty()) {
            return Tools.NONE;
        }
        JsonNode choice = settings.path("tool_choice");
        String named = choice.path("name").asText("");
        Tools.Choice kind =
                switch (choice.asText("auto")) {
                    case "none" -> Tools.Choice.NONE;
                    case "required" -> Tools.Choice.REQUIRED;
                    default -> named.isEmpty() ? Tools.Choice.AUTO : Tools.Choice.REQUIRED;
                };
        return new Tools(tools, kind, named.isEmpty() ? List.of() : List.of(named), true);
    }
}
