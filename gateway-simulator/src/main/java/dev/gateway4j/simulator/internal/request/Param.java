package dev.gateway4j.simulator.internal.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.gateway4j.simulator.internal.json.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/** One member of a request: its type and range. Null is always allowed: it means the default. */
final class Param {
    private final String name;
    private final JsonType type;
    private final BigDecimal min;
    private final BigDecimal max;
    private final List<String> values;

    private Param(String name, JsonType type, double min, double max, List<String> values) {
        this.name = name;
        this.type = type;
        this.min = BigDecimal.valueOf(min);
        this.max = BigDecimal.valueOf(max);
        this.values = values;
    }

    static Param any(String name) {
        return typed(name, JsonType.ANY);
    }

    static Param typed(String name, JsonType type) {
        return new Param(name, type, 0, 0, List.of());
    }

    static Param number(String name, double min, double max) {
        return new Param(name, JsonType.DECIMAL, min, max, List.of());
    }

    static Param integer(String name, long min, long max) {
        return new Param(name, JsonType.INTEGER, min, max, List.of());
    }

    static Param choice(String name, String... values) {
        return new Param(name, JsonType.STRING, 0, 0, List.of(values));
    }

    /** An array of objects with at most so many elements. */
    static Param objects(String name, int most) {
        return new Param(name, JsonType.OBJECTS, 0, most, List.of());
    }

    String name() {
        return name;
    }

    void check(JsonNode value) {
        if (value.isNull()) {
            return;
        }
        type.require(name, value);
        if (value.isNumber() && max.compareTo(min) > 0) {
            checkRange(value.decimalValue(), value);
        }
        if (value.isArray() && max.signum() > 0 && value.size() > max.intValue()) {
            throw ErrorKind.LONG_ARRAY.with(name, max.intValue(), value.size());
        }
        if (!values.isEmpty() && !values.contains(value.asText())) {
            throw ErrorKind.VALUE.with(name, value.asText(), listed(values));
        }
    }

    /** {@code 'a', 'b', and 'c'}. */
    static String listed(List<String> values) {
        String last = "'" + values.get(values.size() - 1) + "'";
        if (values.size() == 1) {
            return last;
        }
        String others = values.subList(0, values.size() - 1).stream()
                .map(value -> "'" + value + "'")
                .collect(Collectors.joining(", "));
        return others + (values.size() == 2 ? " and " : ", and ") + last;
    }

    private void checkRange(BigDecimal number, JsonNode value) {
        String kind = type == JsonType.INTEGER ? "integer" : "decimal";
        if (number.compareTo(min) < 0) {
            throw ErrorKind.BELOW.with(name, kind, shown(min), value.asText());
        }
        if (number.compareTo(max) > 0) {
            throw ErrorKind.ABOVE.with(name, kind, shown(max), value.asText());
        }
    }

    private static String shown(BigDecimal bound) {
        return bound.stripTrailingZeros().toPlainString();
    }

    /** The value that a text of a form stands for; the text itself if it stands for nothing of this type. */
    JsonNode fromText(JsonNode text) {
        if (!text.isTextual()) {
            return text;
        }
        if (type == JsonType.STRINGS) {
            return JsonNodeFactory.instance.arrayNode().add(text);
        }
        boolean plain = type == JsonType.INTEGER || type == JsonType.DECIMAL || type == JsonType.BOOLEAN;
        return plain
                ? Json.read(Json.bytes(text.asText()))
                        .filter(JsonNode::isValueNode)
                        .orElse(text)
                : text;
    }
}
