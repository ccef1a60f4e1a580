package dev.gateway4j.simulator.internal.endpoint.responses;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What of an item a stream sends bit by bit. */
final class Said {
    private static final Map<String, String> MEMBERS = Map.of(
            "function_call", "/arguments",
            "custom_tool_call", "/input",
            "mcp_call", "/arguments",
            "code_interpreter_call", "/code",
            "apply_patch_call", "/operation/diff");

    private Said() {}

    /** The texts of an item in the order in which they are sent. */
    static List<String> texts(JsonNode item) {
        List<String> texts = new ArrayList<>();
        String type = item.path("type").asText();
        if (MEMBERS.containsKey(type)) {
            texts.add(item.at(MEMBERS.getOrDefault(type, "")).asText());
        }
        if (type.equals("message")) {
            item.path("content")
                    .forEach(part -> texts.add(
                            part.path(part.has("refusal") ? "refusal" : "text").asText()));
        }
        if (type.equals("reasoning")) {
            item.path("summary").forEach(part -> texts.add(part.path("text").asText()));
        }
        return texts;
    }
}
