package dev.gateway4j.simulator.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.TreeMap;

/** Small things about JSON values. */
final class Nodes {
    private Nodes() {}

    static JsonNode text(String text) {
        return JsonNodeFactory.instance.textNode(text);
    }

    /** A number as people write it: no exponent, no zeros at the end. */
    static JsonNode number(BigDecimal value) {
        BigDecimal plain = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        return DecimalNode.valueOf(plain.scale() < 0 ? plain.setScale(0) : plain);
    }

    static boolean whole(BigDecimal value) {
        return value.signum() == 0 || value.stripTrailingZeros().scale() <= 0;
    }

    /** True if two values are equal in the sense of JSON: 1 and 1.0 are, and the order of members means nothing. */
    static boolean same(JsonNode one, JsonNode other) {
        return canonical(one).equals(canonical(other));
    }

    static boolean contains(JsonNode members, JsonNode value) {
        for (JsonNode member : members) {
            if (same(member, value)) {
                return true;
            }
        }
        return false;
    }

    static JsonNode canonical(JsonNode value) {
        if (value.isNumber()) {
            return number(value.decimalValue());
        }
        if (value.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            value.forEach(element -> array.add(canonical(element)));
            return array;
        }
        if (value.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            TreeMap<String, JsonNode> sorted = new TreeMap<>();
            value.properties().forEach(member -> sorted.put(member.getKey(), canonical(member.getValue())));
            sorted.forEach(object::set);
            return object;
        }
        return value;
    }
}
