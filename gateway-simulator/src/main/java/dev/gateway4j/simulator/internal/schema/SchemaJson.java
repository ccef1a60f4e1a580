package dev.gateway4j.simulator.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.simulator.internal.chance.Draws;
import dev.gateway4j.simulator.internal.json.Json;
import java.util.Map;

/**
 * JSON by a schema: valid, plausible by the names of its members, with values of the prompt where they fit. Members come in the order of
 * the schema's {@code properties}. Thread-safe.
 */
public final class SchemaJson {
    private static final int ATTEMPTS = 12;

    private SchemaJson() {}

    /**
     * A value that holds to the schema.
     *
     * @param schema the schema, of draft 7 to 2020-12
     * @param hints what to lift from the prompt
     * @param draws the chance of everything else
     * @throws UnsatisfiableSchema if there is none; it says where and why
     */
    public static JsonNode value(JsonNode schema, Hints hints, Draws draws) {
        try {
            return found(new Schemas(schema), hints, draws);
        } catch (StackOverflowError deep) {
            throw new UnsatisfiableSchema("", "the schema or one of its patterns is nested too deeply");
        }
    }

    private static JsonNode found(Schemas schemas, Hints hints, Draws draws) {
        JsonNode schema = schemas.root();
        Checker checker = new Checker(schemas);
        Failure last = new Failure("", "", "no value");
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            JsonNode value = new Generator(schemas, hints.afresh(), draws).value();
            Failure failure = checker.first(schema, value);
            if (failure == null) {
                return value;
            }
            last = failure;
        }
        throw new UnsatisfiableSchema(last.pointer(), last.reason());
    }

    /** True if the value holds to the schema. Formats are not looked at. */
    public static boolean holds(JsonNode schema, JsonNode value) {
        return new Checker(new Schemas(schema)).first(schema, value) == null;
    }

    /**
     * A value that breaks exactly one keyword of the schema.
     *
     * @throws UnsatisfiableSchema if the schema has no keyword that can be broken alone
     */
    public static Violation violating(JsonNode schema, Hints hints, Draws draws) {
        return new Breaker(schema, draws).broken(value(schema, hints, draws));
    }

    /** The text of a value without white space. */
    public static String compact(JsonNode value) {
        return Json.compact(json -> json.writeTree(value));
    }

    /** The text of a value with a blank after each colon and comma. */
    public static String spaced(JsonNode value) {
        StringBuilder text = new StringBuilder();
        spaced(value, text);
        return text.toString();
    }

    private static void spaced(JsonNode value, StringBuilder text) {
        if (!value.isContainerNode()) {
            text.append(compact(value));
            return;
        }
        text.append(value.isObject() ? '{' : '[');
        String gap = "";
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            text.append(gap)
                    .append(Json.compact(json -> json.writeString(member.getKey())))
                    .append(": ");
            spaced(member.getValue(), text);
            gap = ", ";
        }
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            text.append(gap);
            spaced(value.get(i), text);
            gap = ", ";
        }
        text.append(value.isObject() ? '}' : ']');
    }

    /**
     * A value that breaks its schema.
     *
     * @param value the value
     * @param keyword the keyword it breaks
     * @param pointer where in the value, as a JSON pointer
     */
    public record Violation(JsonNode value, String keyword, String pointer) {}
}
