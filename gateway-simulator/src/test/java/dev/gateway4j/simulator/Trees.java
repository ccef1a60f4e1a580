package dev.gateway4j.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;

/** Answers as trees. */
final class Trees {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Trees() {}

    static JsonNode of(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + json, e);
        }
    }

    /** The names of the members of an object, in order. */
    static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    /** What a chat stream says in one of its choices. */
    static String streamedText(List<String> data, int choice) {
        StringBuilder text = new StringBuilder();
        for (String line : data.subList(0, data.size() - 1)) {
            for (JsonNode one : of(line).path("choices")) {
                if (one.path("index").asInt() == choice) {
                    text.append(one.path("delta").path("content").asText());
                }
            }
        }
        return text.toString();
    }
}
