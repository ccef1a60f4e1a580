package dev.gateway4j.simulator.internal.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The {@code tools} and the {@code tool_choice} of a response. */
final class ResponseTools {
    private static final List<String> TYPES = List.of(
            "function",
            "custom",
            "web_search",
            "web_search_2025_08_26",
            "web_search_preview",
            "web_search_preview_2025_03_11",
            "file_search",
            "code_interpreter",
            "image_generation",
            "mcp",
            "computer",
            "computer_use_preview",
            "local_shell",
            "shell",
            "apply_patch",
            "tool_search",
            "namespace",
            "programmatic_tool_calling");
    /** Members a tool cannot do without. */
    private static final Map<String, List<String>> MEMBERS = Map.of(
            "function", List.of("name"),
            "custom", List.of("name"),
            "namespace", List.of("name"),
            "file_search", List.of("vector_store_ids"),
            "code_interpreter", List.of("container"),
            "mcp", List.of("server_label"));

    private static final List<String> MODES = List.of("none", "auto", "required");

    private final JsonNode body;
    private final List<Tool> tools = new ArrayList<>();

    private ResponseTools(JsonNode body) {
        this.body = body;
    }

    static Tools read(JsonNode body) {
        ResponseTools reader = new ResponseTools(body);
        for (int i = 0; i < body.path("tools").size(); i++) {
            reader.tool(body.path("tools").get(i), i, "tools[" + i + "]");
        }
        reader.checkNames();
        return reader.chosen(Members.flag(body, "parallel_tool_calls", true));
    }

    private void tool(JsonNode tool, int index, String path) {
        String type = Members.requiredText(tool, path, "type");
        if (!TYPES.contains(type)) {
            throw ErrorKind.VALUE.with(path + ".type", type, Param.listed(TYPES));
        }
        for (String member : MEMBERS.getOrDefault(type, List.of())) {
            JsonNode value = Members.required(tool, path, member);
            if (member.equals("name") || member.equals("server_label")) {
                JsonType.STRING.require(path + "." + member, value);
            }
        }
        String name = tool.path("name").asText();
        String description =
                tool.path("description").isTextual() ? tool.path("description").asText() : "";
        switch (type) {
            case "function" -> {
                checkParameters(tool, name, index, path);
                tools.add(new Tool(
                        Tool.Kind.FUNCTION,
                        name,
                        description,
                        tool.path("parameters"),
                        Members.flag(tool, "strict", true)));
            }
            case "custom" -> tools.add(new Tool(Tool.Kind.CUSTOM, name, description, tool.path("parameters"), false));
            default -> tools.add(new Tool(Tool.Kind.HOSTED, type, description, tool.path("no parameters"), false));
        }
    }

    private static void checkParameters(JsonNode tool, String name, int index, String path) {
        JsonNode parameters = tool.path("parameters");
        if (parameters.isMissingNode() || parameters.isNull()) {
            return;
        }
        JsonType.OBJECT.require(path + ".parameters", parameters);
        RequestSchema.problem(parameters, Members.flag(tool, "strict", false)).ifPresent(problem -> {
            throw ErrorKind.SCHEMA_TOOL.with(name, problem, index);
        });
    }

    private void checkNames() {
        Set<String> names = new HashSet<>();
        for (Tool tool : tools) {
            if (tool.kind() != Tool.Kind.HOSTED && !names.add(tool.name())) {
                throw ErrorKind.DUPLICATE_TOOL.with(tool.name());
            }
        }
    }

    private Tools chosen(boolean parallel) {
        JsonNode choice = body.path("tool_choice");
        if (choice.isTextual()) {
            return new Tools(tools, mode(choice.asText(), "tool_choice"), List.of(), parallel);
        }
        if (!choice.isObject()) {
            return new Tools(tools, Tools.Choice.AUTO, List.of(), parallel);
        }
        String type = Members.requiredText(choice, "tool_choice", "type");
        if (type.equals("allowed_tools")) {
            return allowed(choice, parallel);
        }
        return new Tools(tools, Tools.Choice.REQUIRED, List.of(name(choice, type, "tool_choice")), parallel);
    }

    private Tools allowed(JsonNode choice, boolean parallel) {
        List<String> names = new ArrayList<>();
        JsonNode allowed = Members.required(choice, "tool_choice", "tools");
        JsonType.OBJECTS.require("tool_choice.tools", allowed);
        for (int i = 0; i < allowed.size(); i++) {
            String path = "tool_choice.tools[" + i + "]";
            names.add(name(allowed.get(i), Members.requiredText(allowed.get(i), path, "type"), path));
        }
        Tools.Choice mode = mode(Members.requiredText(choice, "tool_choice", "mode"), "tool_choice.mode");
        return new Tools(tools, mode, names, parallel);
    }

    private Tools.Choice mode(String mode, String path) {
        if (!MODES.contains(mode)) {
            throw ErrorKind.VALUE.with(path, mode, Param.listed(MODES));
        }
        if (mode.equals("required") && tools.isEmpty()) {
            throw ErrorKind.TOOL_CHOICE_ALONE.with(mode);
        }
        return switch (mode) {
            case "none" -> Tools.Choice.NONE;
            case "required" -> Tools.Choice.REQUIRED;
            default -> Tools.Choice.AUTO;
        };
    }

    /** The name of the tool that is meant; that of a hosted tool is its type. */
    private String name(JsonNode meant, String type, String path) {
        boolean ours = type.equals("function") || type.equals("custom");
        String name = ours ? Members.requiredText(meant, path, "name") : type;
        return tools.stream()
                .map(Tool::name)
                .filter(known -> known.equals(name))
                .findFirst()
                .orElseThrow(() -> ErrorKind.TOOL_CHOICE_UNKNOWN.with(name));
    }
}
