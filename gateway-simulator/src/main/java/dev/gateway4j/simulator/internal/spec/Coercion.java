package dev.gateway4j.simulator.internal.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gives the texts of a query or a form the types their shapes ask for. What cannot have such a type stays a text. */
public final class Coercion {
    private Coercion() {}

    /** A tree of texts as the shape wants it. */
    public static JsonNode coerced(Shape shape, JsonNode value) {
        List<Shape> leaves = shape.leaves();
        Optional<Shape> array = ofType(leaves, "array");
        if (value.isObject()) {
            return object(shape, value);
        }
        if (value.isArray()) {
            return array.map(list -> array(list, value)).orElse(value);
        }
        if (array.isPresent() && ofType(leaves, "string").isEmpty()) {
            ArrayNode one = JsonNodeFactory.instance.arrayNode();
            return one.add(
                    array.get().items().map(items -> coerced(items, value)).orElse(value));
        }
        return scalar(leaves, value);
    }

    private static JsonNode object(Shape shape, JsonNode value) {
        ObjectNode typed = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            Optional<Shape> declared = shape.leaves().stream()
                    .flatMap(leaf -> leaf.property(member.getKey()).stream())
                    .findFirst()
                    .or(shape::additional);
            typed.set(
                    member.getKey(),
                    declared.map(inner -> coerced(inner, member.getValue())).orElse(member.getValue()));
        }
        return typed;
    }

    private static JsonNode array(Shape list, JsonNode value) {
        ArrayNode typed = JsonNodeFactory.instance.arrayNode();
        value.forEach(element ->
                typed.add(list.items().map(items -> coerced(items, element)).orElse(element)));
        return typed;
    }

    private static JsonNode scalar(List<Shape> leaves, JsonNode value) {
        String text = value.asText();
        boolean isText = leaves.stream()
                .filter(leaf -> leaf.types().contains("string"))
                .anyMatch(leaf -> leaf.values().isEmpty() || leaf.values().contains(value));
        if (isText) {
            return value;
        }
        if (ofType(leaves, "boolean").isPresent() && (text.equals("true") || text.equals("false"))) {
            return JsonNodeFactory.instance.booleanNode(text.equals("true"));
        }
        boolean number = ofType(leaves, "integer").isPresent()
                || ofType(leaves, "number").isPresent();
        return number ? number(text).orElse(value) : value;
    }

    private static Optional<JsonNode> number(String text) {
        try {
            BigDecimal number = new BigDecimal(text);
            return Optional.of(
                    number.scale() <= 0 && number.precision() < 19
                            ? JsonNodeFactory.instance.numberNode(number.longValue())
                            : JsonNodeFactory.instance.numberNode(number));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    private static Optional<Shape> ofType(List<Shape> leaves, String type) {
        return leaves.stream().filter(leaf -> leaf.types().contains(type)).findFirst();
    }
}
