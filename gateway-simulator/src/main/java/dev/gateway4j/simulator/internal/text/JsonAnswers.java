package dev.gateway4j.simulator.internal.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.chance.Draws;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.request.Ask;
import dev.gateway4j.simulator.internal.request.ErrorKind;
import dev.gateway4j.simulator.internal.request.Format;
import dev.gateway4j.simulator.internal.request.Turn;
import dev.gateway4j.simulator.internal.schema.Hints;
import dev.gateway4j.simulator.internal.schema.SchemaJson;
import dev.gateway4j.simulator.internal.schema.UnsatisfiableSchema;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers that are JSON: by the schema of the request, or with the members its messages ask for. */
final class JsonAnswers {
    private static final Pattern LISTED = Pattern.compile(
            "(?i)(?:keys?|fields?|propert(?:y|ies)|members?|attributes?)\\b[^\\n.:]{0,24}?[: ]\\s*((?:[`\"']?[A-Za-z_]\\w*[`\"']?"
                    + "(?:\\s*,\\s*(?:and\\s+)?|\\s+and\\s+)?)+)");
    private static final int MOST_READ = 64;
    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");
    private static final Set<String> NO_MEMBERS = Set.of(
            "and", "the", "a", "an", "in", "of", "with", "to", "for", "as", "is", "are", "json", "object", "named",
            "called");

    private JsonAnswers() {}

    static String of(Ask ask, Hints hints, Draws draws) {
        if (ask.format().kind() == Format.Kind.JSON_OBJECT) {
            return SchemaJson.compact(SchemaJson.value(implied(ask), hints, draws));
        }
        try {
            return SchemaJson.compact(SchemaJson.value(ask.format().schema(), hints, draws));
        } catch (UnsatisfiableSchema unsatisfiable) {
            boolean responses = ask.endpoint().contains("responses");
            throw ErrorKind.UNSATISFIABLE.with(
                    responses ? "invalid_json_schema" : "",
                    responses ? "text.format.schema" : "response_format",
                    "response_format '" + ask.format().name() + "'",
                    ToolCalls.context(unsatisfiable.pointer()),
                    unsatisfiable.reason());
        }
    }

    /** The schema that the messages imply: that of an example in them, or of the members they list. */
    private static JsonNode implied(Ask ask) {
        StringBuilder said = new StringBuilder();
        for (Turn turn : ask.conversation().turns()) {
            if (turn.instructs() || turn.role().equals("user")) {
                said.append(turn.text()).append('\n');
            }
        }
        Optional<JsonNode> example = example(said.toString());
        if (example.isPresent()) {
            return like(example.get());
        }
        Set<String> names = listed(said.toString());
        ObjectNode schema = object();
        for (String name : names.isEmpty() ? Set.of("answer") : names) {
            member(schema, name, JsonNodeFactory.instance.objectNode().put("type", type(name)));
        }
        return schema;
    }

    private static String type(String name) {
        return Set.of("age", "count", "year", "quantity", "population", "id", "total")
                        .contains(name)
                ? "integer"
                : "string";
    }

    private static Set<String> listed(String text) {
        Set<String> names = new LinkedHashSet<>();
        Matcher list = LISTED.matcher(text);
        while (list.find()) {
            Matcher name = NAME.matcher(list.group(1));
            while (name.find()) {
                if (!NO_MEMBERS.contains(name.group())) {
                    names.add(name.group());
                }
            }
        }
        return names;
    }

    private static Optional<JsonNode> example(String text) {
        int from = text.indexOf('{');
        int to = text.lastIndexOf('}');
        // Every try reads the text anew.
        for (int i = 0; i < MOST_READ && from >= 0 && to > from; i++, to = text.lastIndexOf('}', to - 1)) {
            Optional<JsonNode> read = Json.read(text.substring(from, to + 1).getBytes(StandardCharsets.UTF_8));
            if (read.filter(node -> node.isObject() && node.size() > 0).isPresent()) {
                return read;
            }
        }
        return Optional.empty();
    }

    private static ObjectNode like(JsonNode example) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        if (example.isObject()) {
            ObjectNode object = object();
            for (Map.Entry<String, JsonNode> entry : example.properties()) {
                member(object, entry.getKey(), like(entry.getValue()));
            }
            return object;
        }
        if (example.isArray()) {
            schema.put("type", "array").put("minItems", 1);
            schema.set("items", like(example.path(0)));
            return schema;
        }
        String number = example.isIntegralNumber() ? "integer" : "number";
        return schema.put("type", example.isNumber() ? number : example.isBoolean() ? "boolean" : "string");
    }

    private static ObjectNode object() {
        ObjectNode object =
                JsonNodeFactory.instance.objectNode().put("type", "object").put("additionalProperties", false);
        object.putObject("properties");
        object.putArray("required");
        return object;
    }

    private static void member(ObjectNode object, String name, JsonNode schema) {
        ((ObjectNode) object.get("properties")).set(name, schema);
        object.withArray("/required").add(name);
    }
}
