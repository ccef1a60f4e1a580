package dev.gateway4j.simulator.internal.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.chance.Draws;
import dev.gateway4j.simulator.internal.plan.PlannedCall;
import dev.gateway4j.simulator.internal.request.Ask;
import dev.gateway4j.simulator.internal.request.ErrorKind;
import dev.gateway4j.simulator.internal.request.Tool;
import dev.gateway4j.simulator.internal.schema.Hints;
import dev.gateway4j.simulator.internal.schema.SchemaJson;
import dev.gateway4j.simulator.internal.schema.UnsatisfiableSchema;
import dev.gateway4j.simulator.internal.tokens.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Calls of tools with arguments by their schemas: one for each thing the prompt names, where several may be made at once. */
final class ToolCalls {
    private static final int MOST = 8;

    private final Tokens tokens;

    ToolCalls(Tokens tokens) {
        this.tokens = tokens;
    }

    List<PlannedCall> of(Ask ask, List<Tool> tools, Hints hints, Draws draws) {
        List<Tool> called = new ArrayList<>();
        List<String> arguments = new ArrayList<>();
        for (Tool tool : tools) {
            List<String> subjects = ask.tools().parallel() ? hints.subjects(tool.parameters()) : List.of();
            for (String subject : subjects.size() > 1 ? subjects : List.of("")) {
                called.add(tool);
                arguments.add(arguments(ask, tool, hints.about(subject), draws, tools.size() * subjects.size() > 1));
            }
        }
        List<PlannedCall> calls = new ArrayList<>();
        for (int i = 0; i < Math.min(called.size(), MOST); i++) {
            Tool tool = called.get(i);
            calls.add(new PlannedCall(
                    tool.kind(), tool.name(), tokens.pieces(ask.model().family().encoding(), arguments.get(i))));
        }
        return calls;
    }

    private static String arguments(Ask ask, Tool tool, Hints hints, Draws draws, boolean several) {
        if (tool.kind() == Tool.Kind.CUSTOM) {
            return free(ask, tool, hints, draws);
        }
        ObjectNode plain = JsonNodeFactory.instance.objectNode();
        if (tool.name().equals("code_interpreter") && tool.kind() == Tool.Kind.HOSTED) {
            return "";
        }
        if (tool.kind() == Tool.Kind.HOSTED) {
            return SchemaJson.compact(plain.put("query", ask.conversation().lastUserMessage()));
        }
        JsonNode value = tool.parameters().isObject() ? generated(ask, tool, hints, draws) : plain;
        // Older models write blanks where they make several calls.
        boolean blanks = several && !tool.strict() && !ask.model().family().reasoning();
        return blanks ? SchemaJson.spaced(value) : SchemaJson.compact(value);
    }

    private static JsonNode generated(Ask ask, Tool tool, Hints hints, Draws draws) {
        JsonNode schema = tool.parameters();
        if (!schema.has("type") && !schema.has("$ref") && !schema.has("anyOf")) {
            schema = ((ObjectNode) schema.deepCopy()).put("type", "object");
        }
        try {
            return SchemaJson.value(schema, hints, draws);
        } catch (UnsatisfiableSchema unsatisfiable) {
            throw ErrorKind.UNSATISFIABLE.with(
                    "invalid_function_parameters",
                    "tools[" + ask.tools().list().indexOf(tool) + "].parameters",
                    "function '" + tool.name() + "'",
                    context(unsatisfiable.pointer()),
                    unsatisfiable.reason());
        }
    }

    /** The text for a tool that takes any, or one of a grammar. */
    private static String free(Ask ask, Tool tool, Hints hints, Draws draws) {
        for (JsonNode declared : ask.body().path("tools")) {
            JsonNode custom = declared.has("custom") ? declared.get("custom") : declared;
            JsonNode format = custom.path("format");
            JsonNode grammar = format.has("grammar") ? format.get("grammar") : format;
            boolean regex = grammar.path("syntax").asText().equals("regex");
            if (custom.path("name").asText().equals(tool.name()) && regex) {
                ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "string");
                schema.put("pattern", "^(?:" + grammar.path("definition").asText() + ")$");
                return SchemaJson.value(schema, hints, draws).asText();
            }
        }
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        String name = tool.name().toLowerCase(Locale.ROOT);
        String member = name.contains("math") || name.contains("calc")
                ? "expression"
                : name.contains("code") ? "code" : "query";
        schema.putObject("properties").putObject(member).put("type", "string");
        schema.putArray("required").add(member);
        return SchemaJson.value(schema, hints, draws).path(member).asText();
    }

    /** A place in a schema as OpenAI writes it: {@code ('properties', 'name')}. */
    static String context(String pointer) {
        if (pointer.isEmpty()) {
            return "()";
        }
        List<String> names = new ArrayList<>();
        for (String name : pointer.substring(1).split("/", -1)) {
            names.add("'" + name.replace("~1", "/").replace("~0", "~") + "'");
        }
        return "(" + String.join(", ", names) + (names.size() == 1 ? ",)" : ")");
    }
}
