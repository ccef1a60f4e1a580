package dev.gateway4j.simulator.internal.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.request.Ask;
import dev.gateway4j.simulator.internal.request.ToolUse;
import dev.gateway4j.simulator.internal.request.Turn;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells in words what tools returned. */
final class ToolResults {
    private static final int LONGEST = 600;
    private static final int LONGEST_SUBJECT = 60;

    private ToolResults() {}

    /** The answer to the results at the end of a conversation. */
    static String told(Ask ask, Language language) {
        List<String> told = new ArrayList<>();
        List<Turn> turns = ask.conversation().turns();
        for (int i = turns.size() - 1; i >= 0 && ToolChooser.result(turns.get(i)); i--) {
            String about = about(turns, turns.get(i).answers());
            told.add((about.isEmpty() ? "" : about + ": ") + words(turns.get(i).text()));
        }
        Collections.reverse(told);
        String separator = told.size() > 1 ? "\n- " : " ";
        return intro(language) + separator + String.join(separator, told);
    }

    private static String intro(Language language) {
        return switch (language) {
            case GERMAN -> "Das habe ich gefunden:";
            case FRENCH -> "Voici ce que j'ai trouv\u00e9 :";
            case SPANISH -> "Esto es lo que he encontrado:";
            default -> "Here is what I found:";
        };
    }

    /** The first text among the arguments of the call that is answered. */
    private static String about(List<Turn> turns, String id) {
        for (Turn turn : turns) {
            for (ToolUse call : turn.calls()) {
                if (call.id().equals(id)) {
                    return subject(call);
                }
            }
        }
        return "";
    }

    private static String subject(ToolUse call) {
        Optional<JsonNode> arguments = Json.read(call.arguments().getBytes(StandardCharsets.UTF_8));
        if (arguments.isPresent()) {
            for (JsonNode argument : arguments.get()) {
                if (argument.isTextual() && argument.asText().length() < LONGEST_SUBJECT) {
                    return argument.asText();
                }
            }
        }
        return "";
    }

    private static String words(String result) {
        Optional<JsonNode> json = Json.read(result.getBytes(StandardCharsets.UTF_8));
        String words = json.map(ToolResults::words).orElse(result.strip());
        String cut = words.length() > LONGEST
                ? words.substring(0, words.offsetByCodePoints(0, LONGEST / 2)) + "\u2026"
                : words;
        boolean ended = cut.endsWith(".") || cut.endsWith("!") || cut.endsWith("\u2026");
        return ended ? cut : cut + ".";
    }

    private static String words(JsonNode value) {
        List<String> parts = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            parts.add(member.getKey().replace('_', ' ') + " " + words(member.getValue()));
        }
        for (JsonNode element : value.isArray() ? value : List.<JsonNode>of()) {
            parts.add(words(element));
        }
        return value.isContainerNode() ? String.join(", ", parts) : value.asText();
    }
}
