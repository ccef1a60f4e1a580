package dev.gateway4j.simulator.internal.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.yaml.Problems;
import java.math.BigDecimal;
import java.util.IdentityHashMap;

/**
 * JSON of which every text is a phrase. A text that is all inside of {@code {{#number}}} becomes a number, so that it fits where a schema
 * wants one.
 */
final class JsonPhrase {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String NUMBER = "{{#number}}";

    private final JsonNode shape;
    private final IdentityHashMap<JsonNode, Phrase> phrases;

    private JsonPhrase(JsonNode shape, IdentityHashMap<JsonNode, Phrase> phrases) {
        this.shape = shape;
        this.phrases = phrases;
    }

    static JsonPhrase compile(JsonNode shape, int line, Problems problems) {
        IdentityHashMap<JsonNode, Phrase> phrases = new IdentityHashMap<>();
        collect(shape, line, problems, phrases);
        return new JsonPhrase(shape, phrases);
    }

    private static void collect(JsonNode node, int line, Problems problems, IdentityHashMap<JsonNode, Phrase> phrases) {
        if (node.isTextual() && node.asText().contains("{{")) {
            Phrase.compile(node.asText(), line, problems).ifPresent(phrase -> phrases.put(node, phrase));
        }
        node.forEach(child -> collect(child, line, problems, phrases));
    }

    JsonNode say(Object values) {
        return said(shape, values);
    }

    private JsonNode said(JsonNode node, Object values) {
        if (node.isObject()) {
            ObjectNode object = JSON.objectNode();
            node.properties().forEach(member -> object.set(member.getKey(), said(member.getValue(), values)));
            return object;
        }
        if (node.isArray()) {
            ArrayNode array = JSON.arrayNode();
            node.forEach(element -> array.add(said(element, values)));
            return array;
        }
        Phrase phrase = phrases.get(node);
        if (phrase == null) {
            return node;
        }
        String text = phrase.say(values);
        return node.asText().startsWith(NUMBER) ? number(text) : JSON.textNode(text);
    }

    private static JsonNode number(String text) {
        try {
            BigDecimal number = new BigDecimal(text.strip());
            return number.scale() <= 0 && number.precision() < 18
                    ? JSON.numberNode(number.longValueExact())
                    : JSON.numberNode(number);
        } catch (NumberFormatException noNumber) {
            return JSON.textNode(text);
        }
    }
}
