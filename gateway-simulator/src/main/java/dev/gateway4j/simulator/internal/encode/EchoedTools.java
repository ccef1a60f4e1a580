package dev.gateway4j.simulator.internal.encode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The tools and the form of a text as responses repeat them: every member named, also those that were left to their standard. */
final class EchoedTools {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private EchoedTools() {}

    /** The tools. */
    static ArrayNode of(JsonNode tools) {
        ArrayNode echoed = JSON.arrayNode();
        for (JsonNode tool : tools) {
            echoed.add(tool(tool));
        }
        return echoed;
    }

    /** The form of a text. */
    static JsonNode format(JsonNode format) {
        ObjectNode echoed = JSON.objectNode();
        if (!format.path("type").asText().equals("json_schema")) {
            return echoed.put("type", format.path("type").asText("text"));
        }
        echoed.put("type", "json_schema");
        echoed.set("description", orNull(format, "description"));
        echoed.set("name", format.path("name"));
        echoed.set("schema", format.path("schema"));
        echoed.put("strict", format.path("strict").asBoolean(false));
        return echoed;
    }

    private static JsonNode tool(JsonNode tool) {
        String type = tool.path("type").asText();
        Map<String, JsonNode> members = new TreeMap<>(standards(type));
        tool.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
        if (type.equals("function")) {
            boolean assumed = !tool.path("strict").isBoolean();
            members.put(
                    "strict", JSON.booleanNode(assumed || tool.path("strict").asBoolean()));
            if (assumed && tool.path("parameters") instanceof ObjectNode parameters) {
                members.put("parameters", closed(parameters));
            }
        }
        if (type.startsWith("web_search")) {
            members.put("user_location", location(tool.path("user_location")));
        }
        ObjectNode echoed = JSON.objectNode();
        echoed.put("type", type);
        members.forEach((name, value) -> {
            if (!name.equals("type")) {
                echoed.set(name, value);
            }
        });
        return echoed;
    }

    private static JsonNode closed(ObjectNode parameters) {
        if (parameters.has("additionalProperties")) {
            return parameters;
        }
        return parameters.deepCopy().put("additionalProperties", false);
    }

    private static JsonNode location(JsonNode asked) {
        ObjectNode location = JSON.objectNode().put("type", "approximate");
        location.set("city", orNull(asked, "city"));
        location.put("country", asked.path("country").asText("US"));
        location.set("region", orNull(asked, "region"));
        location.set("timezone", orNull(asked, "timezone"));
        return location;
    }

    private static JsonNode orNull(JsonNode parent, String name) {
        return parent.hasNonNull(name) ? parent.path(name) : JSON.nullNode();
    }

    private static Map<String, JsonNode> standards(String type) {
        Map<String, JsonNode> members = new TreeMap<>();
        switch (type) {
            case "function" -> nulls(members, "description", "output_schema", "parameters");
            case "custom" -> members.put("format", JSON.objectNode().put("type", "text"));
            case "web_search", "web_search_2025_08_26" -> {
                members.put("return_token_budget", JSON.textNode("default"));
                search(members);
            }
            case "web_search_preview", "web_search_preview_2025_03_11" -> search(members);
            case "file_search" -> {
                nulls(members, "filters");
                members.put("max_num_results", JSON.numberNode(20));
                members.put(
                        "ranking_options",
                        JSON.objectNode().put("ranker", "auto").put("score_threshold", 0.0));
            }
            case "image_generation" -> {
                List.of("background", "moderation", "quality", "size")
                        .forEach(name -> members.put(name, JSON.textNode("auto")));
                members.put("n", JSON.numberNode(1));
                members.put("output_compression", JSON.numberNode(100));
                members.put("output_format", JSON.textNode("png"));
            }
            case "mcp" -> {
                nulls(members, "allowed_tools", "headers", "server_description");
                members.put("require_approval", JSON.textNode("always"));
            }
            default -> {}
        }
        return members;
    }

    private static void search(Map<String, JsonNode> members) {
        members.put("search_content_types", JSON.arrayNode().add("text"));
        members.put("search_context_size", JSON.textNode("medium"));
    }

    private static void nulls(Map<String, JsonNode> members, String... names) {
        for (String name : names) {
            members.put(name, JSON.nullNode());
        }
    }
}
