package dev.gateway4j.simulator.internal.request;

import com.fasterxml.jackson.databind.JsonNode;

/** The types members may have, in the words of OpenAI's errors. */
enum JsonType {
    ANY("anything") {
        @Override
        boolean accepts(JsonNode value) {
            return true;
        }
    },
    STRING("a string") {
        @Override
        boolean accepts(JsonNode value) {
            return value.isTextual();
        }
    },
    INTEGER("an integer") {
        @Override
        boolean accepts(JsonNode value) {
            return value.isIntegralNumber();
        }
    },
    DECIMAL("a decimal") {
        @Override
        boolean accepts(JsonNode value) {
            return value.isNumber();
        }
    },
    BOOLEAN("a boolean") {
        @Override
        boolean accepts(JsonNode value) {
            return value.isBoolean();
        }
    },
    OBJECT("an object") {
        @Override
        boolean accepts(JsonNode value) {
            return value.isObject();
        }
    },
    STRING_OR_OBJECT("one of a string or object") {
        @Override
        boolean accepts(JsonNode value) {
            return value.isTextual() || value.isObject();
        }
    },
    STRING_OR_OBJECTS("one of a string or array of objects") {
        @Override
        boolean accepts(JsonNode value) {
            return value.isTextual() || value.isArray();
        }
    },
    STRINGS("an array of strings") {
        @Override
        boolean accepts(JsonNode value) {
            return value.isArray() && every(value, STRING);
        }
    },
    STRING_OR_STRINGS("one of a string or array of strings") {
        @Override
        boolean accepts(JsonNode value) {
            return value.isTextual() || STRINGS.accepts(value);
        }
    },
    OBJECTS("an array of objects") {
        @Override
        boolean accepts(JsonNode value) {
            return value.isArray() && every(value, OBJECT);
        }
    };

    private final String words;

    JsonType(String words) {
        this.words = words;
    }

    abstract boolean accepts(JsonNode value);

    final void require(String name, JsonNode value) {
        if (accepts(value)) {
            return;
        }
        JsonType element = this == OBJECTS ? OBJECT : STRING;
        boolean array = this == OBJECTS || this == STRINGS || this == STRING_OR_STRINGS;
        for (int i = 0; array && value.isArray() && i < value.size(); i++) {
            element.require(name + "[" + i + "]", value.get(i));
        }
        throw ErrorKind.TYPE.with(name, words, got(value));
    }

    private static boolean every(JsonNode array, JsonType type) {
        for (JsonNode element : array) {
            if (!type.accepts(element)) {
                return false;
            }
        }
        return true;
    }

    /** What a value is, in the same words. */
    static String got(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "a string";
            case BOOLEAN -> "a boolean";
            case NUMBER -> value.isIntegralNumber() ? "an integer" : "a decimal";
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            default -> "null";
        };
    }
}
