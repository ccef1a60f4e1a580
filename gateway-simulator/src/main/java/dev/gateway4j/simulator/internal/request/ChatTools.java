package dev.gateway4j.simulator.internal.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the tools of a chat completion, and their older form, functions. */
final class ChatTools {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]+");
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_DESCRIPTION = 1024;

    private final JsonNode body;
    private final List<Tool> list = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    private ChatTools(JsonNode body) {
        this.body = body;
    }

    static Tools read(JsonNode body) {
        return new ChatTools(body).tools();
    }

    private Tools tools() {
        boolean legacy =
                !body.hasNonNull("tools") && (body.hasNonNull("functions") || body.hasNonNull("function_call"));
        String of = legacy ? "functions" : "tools";
        JsonNode given = body.path(of);
        if (given.isArray() && given.isEmpty()) {
            throw ErrorKind.EMPTY_ARRAY.with(of);
        }
        for (int i = 0; i < given.size(); i++) {
            String path = of + "[" + i + "]";
            if (legacy) {
                function(given.get(i), path);
            } else {
                tool(given.get(i), path);
            }
        }
        return legacy ? called() : chosen();
    }

    private void tool(JsonNode tool, String path) {
        String type = Members.requiredText(tool, path, "type");
        if (type.equals("function")) {
            function(Members.requiredObject(tool, path, "function"), path + ".function");
        } else if (type.equals("custom")) {
            JsonNode custom = Members.requiredObject(tool, path, "custom");
            String name = name(custom, path + ".custom");
            add(new Tool(Tool.Kind.CUSTOM, name, text(custom, "description"), MissingNode.getInstance(), false));
        } else {
            throw ErrorKind.VALUE.with(path + ".type", type, "'function' and 'custom'");
        }
    }

    private void function(JsonNode function, String path) {
        String name = name(function, path);
        JsonNode description = function.path("description");
        if (!description.isMissingNode() && !description.isNull()) {
            JsonType.STRING.require(path + ".description", description);
            longest(description.asText(), path + ".description", LONGEST_DESCRIPTION);
        }
        boolean strict = Members.flag(function, "strict", false);
        JsonNode parameters = function.path("parameters");
        if (parameters.isNull()) {
            parameters = MissingNode.getInstance();
        }
        if (!parameters.isMissingNode()) {
            JsonType.OBJECT.require(path + ".parameters", parameters);
            RequestSchema.problem(parameters, strict).ifPresent(problem -> {
                throw ErrorKind.FUNCTION_SCHEMA.with(path + ".parameters", name, problem);
            });
        }
        add(new Tool(Tool.Kind.FUNCTION, name, description.asText(""), parameters, strict));
    }

    private static String name(JsonNode parent, String path) {
        String name = Members.requiredText(parent, path, "name");
        requireName(name, path + ".name");
        return name;
    }

    /** Holds a name to the rules of functions, tools and schemas. */
    static void requireName(String name, String path) {
        if (name.isEmpty()) {
            throw ErrorKind.EMPTY_STRING.with(path, 1);
        }
        if (!NAME.matcher(name).matches()) {
            throw ErrorKind.PATTERN.with(path, "^[a-zA-Z0-9_-]+$");
        }
        longest(name, path, LONGEST_NAME);
    }

    private static void longest(String text, String path, int most) {
        if (text.length() > most) {
            throw ErrorKind.LONG_STRING.with(path, most, text.length());
        }
    }

    private void add(Tool tool) {
        if (!names.add(tool.name())) {
            throw ErrorKind.SAME_TOOL.with("tools", tool.name());
        }
        list.add(tool);
    }

    private Tools called() {
        JsonNode call = body.path("function_call");
        boolean given = body.hasNonNull("function_call");
        if (given && list.isEmpty()) {
            throw ErrorKind.WITHOUT_TOOLS.with("function_call", "functions");
        }
        if (call.isObject()) {
            String name = Members.requiredText(call, "function_call", "name");
            return only("function_call", name, "functions");
        }
        String word = call.asText("auto");
        if (given && !word.equals("auto") && !word.equals("none")) {
            throw ErrorKind.VALUE.with("function_call", word, "'none' and 'auto'");
        }
        return new Tools(list, word.equals("none") ? Tools.Choice.NONE : Tools.Choice.AUTO, List.of(), false);
    }

    private Tools chosen() {
        JsonNode choice = body.path("tool_choice");
        boolean given = body.hasNonNull("tool_choice");
        boolean none = given && choice.asText().equals("none");
        if (list.isEmpty()) {
            if (given && !none) {
                throw ErrorKind.WITHOUT_TOOLS.with("tool_choice", "tools");
            }
            if (body.hasNonNull("parallel_tool_calls")) {
                throw ErrorKind.WITHOUT_TOOLS.with("parallel_tool_calls", "tools");
            }
            return Tools.NONE;
        }
        if (choice.isObject()) {
            return named(choice);
        }
        String word = given ? choice.asText() : "auto";
        return new Tools(list, choice(word, "tool_choice", "'none', 'auto', and 'required'"), List.of(), parallel());
    }

    private Tools named(JsonNode choice) {
        String type = Members.requiredText(choice, "tool_choice", "type");
        return switch (type) {
            case "function", "custom" -> {
                JsonNode tool = Members.requiredObject(choice, "tool_choice", type);
                yield only("tool_choice", Members.requiredText(tool, "tool_choice." + type, "name"), "tools");
            }
            case "allowed_tools" -> allowed(Members.requiredObject(choice, "tool_choice", "allowed_tools"));
            default ->
                throw ErrorKind.VALUE.with("tool_choice.type", type, "'function', 'allowed_tools', and 'custom'");
        };
    }

    private Tools allowed(JsonNode allowed) {
        String path = "tool_choice.allowed_tools";
        String mode = Members.requiredText(allowed, path, "mode");
        Tools.Choice choice = choice(mode, path + ".mode", "'auto' and 'required'");
        JsonNode tools = Members.required(allowed, path, "tools");
        JsonType.OBJECTS.require(path + ".tools", tools);
        List<String> some = new ArrayList<>();
        for (JsonNode tool : tools) {
            String name = tool.path(tool.path("type").asText())
                    .path("name")
                    .asText(tool.path("name").asText());
            requireKnown("tool_choice", name, "tools");
            some.add(name);
        }
        return new Tools(list, choice, some, parallel());
    }

    private static Tools.Choice choice(String word, String path, String values) {
        return switch (word) {
            case "none" -> Tools.Choice.NONE;
            case "auto" -> Tools.Choice.AUTO;
            case "required" -> Tools.Choice.REQUIRED;
            default -> throw ErrorKind.VALUE.with(path, word, values);
        };
    }

    private Tools only(String member, String name, String of) {
        requireKnown(member, name, of);
        return new Tools(list, Tools.Choice.REQUIRED, List.of(name), parallel() && of.equals("tools"));
    }

    private void requireKnown(String member, String name, String of) {
        if (!names.contains(name)) {
            throw ErrorKind.NO_SUCH_TOOL.with(member, name, of);
        }
    }

    private boolean parallel() {
        return Members.flag(body, "parallel_tool_calls", true);
    }

    private static String text(JsonNode parent, String name) {
        return Members.text(parent, name).orElse("");
    }
}
