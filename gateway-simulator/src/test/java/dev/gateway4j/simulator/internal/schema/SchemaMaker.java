package dev.gateway4j.simulator.internal.schema;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.chance.Draws;
import java.util.List;

/** Makes schemas that can be satisfied, of the keywords that applications use. */
final class SchemaMaker {
    private static final List<String> NAMES = List.of(
            "name",
            "city",
            "email",
            "age",
            "price",
            "items",
            "status",
            "created_at",
            "score",
            "tags",
            "next",
            "address");
    private static final List<String> PATTERNS = List.of(
            "^[A-Z]{2,3}-\\d{4}$",
            "^\\+?[0-9 ]{6,12}$", "[aeiou]+", "^(foo|bar|ba[xz])$", "^@[a-zA-Z0-9_]+$", "^\\w+\\.txt$");
    private static final List<String> FORMATS =
            List.of("date-time", "date", "time", "duration", "email", "hostname", "ipv4", "ipv6", "uuid", "uri");

    private final Draws draws;

    SchemaMaker(Draws draws) {
        this.draws = draws;
    }

    ObjectNode schema() {
        ObjectNode root = object(0);
        ObjectNode node = object(2);
        ((ObjectNode) node.get("properties"))
                .set(
                        "next",
                        JsonNodeFactory.instance
                                .objectNode()
                                .set(
                                        "anyOf",
                                        JsonNodeFactory.instance
                                                .arrayNode()
                                                .add(JsonNodeFactory.instance
                                                        .objectNode()
                                                        .put("$ref", "#/$defs/node"))
                                                .add(JsonNodeFactory.instance
                                                        .objectNode()
                                                        .put("type", "null"))));
        ((ArrayNode) node.get("required")).removeAll().add("next");
        root.putObject("$defs").set("node", node);
        return root;
    }

    private ObjectNode any(int depth) {
        return switch (draws.below(depth > 2 ? 5 : 9)) {
            case 0 -> string();
            case 1 -> number("integer");
            case 2 -> number("number");
            case 3 -> enumeration();
            case 4 -> node().put("type", "boolean");
            case 5 -> array(depth + 1);
            case 6 -> object(depth + 1);
            case 7 -> choice(depth + 1);
            default -> node().put("$ref", "#/$defs/node");
        };
    }

    private ObjectNode object(int depth) {
        ObjectNode object = node().put("type", "object");
        ObjectNode properties = object.putObject("properties");
        ArrayNode required = object.putArray("required");
        int count = 1 + draws.below(5);
        for (int i = 0; i < count; i++) {
            String name = NAMES.get(draws.below(NAMES.size()));
            boolean fresh = !properties.has(name);
            properties.set(name, any(depth));
            if (fresh && draws.chance(0.7)) {
                required.add(name);
            }
        }
        if (draws.chance(0.6)) {
            object.put("additionalProperties", false);
        } else if (draws.chance(0.3)) {
            object.put("minProperties", count + 1);
        }
        return object;
    }

    private ObjectNode array(int depth) {
        ObjectNode array = node().put("type", "array");
        array.set("items", any(depth));
        if (draws.chance(0.5)) {
            array.put("minItems", 1 + draws.below(3)).put("maxItems", 3 + draws.below(3));
        }
        return array;
    }

    private ObjectNode choice(int depth) {
        ObjectNode choice = node();
        ArrayNode branches = choice.putArray(draws.chance(0.7) ? "anyOf" : "oneOf");
        branches.add(any(depth));
        branches.add(draws.chance(0.5) ? node().put("type", "null") : node().put("const", "none"));
        return choice;
    }

    private ObjectNode enumeration() {
        ObjectNode enumeration = node();
        ArrayNode members = enumeration.putArray("enum").add("red").add("green").add("blue");
        if (draws.chance(0.5)) {
            enumeration.put("type", "string");
        } else {
            members.add(7).addNull();
        }
        return enumeration;
    }

    private ObjectNode string() {
        ObjectNode string = node().put("type", "string");
        switch (draws.below(4)) {
            case 0 -> string.put("pattern", PATTERNS.get(draws.below(PATTERNS.size())));
            case 1 -> string.put("format", FORMATS.get(draws.below(FORMATS.size())));
            case 2 -> string.put("minLength", draws.below(60)).put("maxLength", 60 + draws.below(20));
            default -> {}
        }
        return string;
    }

    private ObjectNode number(String type) {
        ObjectNode number = node().put("type", type);
        int low = draws.below(2_000) - 1_000;
        switch (draws.below(4)) {
            case 0 -> number.put("minimum", low).put("maximum", low + draws.below(4));
            case 1 -> number.put("exclusiveMinimum", low).put("exclusiveMaximum", low + 2 + draws.below(9));
            case 2 -> number.put("multipleOf", 1 + draws.below(12)).put("minimum", low);
            default -> {}
        }
        return number;
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }
}
