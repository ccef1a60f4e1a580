package dev.gateway4j.cassette.internal.format;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** A value in a YAML file, told by its source text alone: nothing becomes a number, a date or an object. */
sealed interface YamlValue {
    /** How YAML spells a value that is not there. */
    Set<String> NOTHING = Set.of("", "~", "null", "Null", "NULL");

    /** The line it begins in, counted from 1. */
    int line();

    /** What it is, for messages. */
    String kind();

    /** True for a value that is not there: nothing at all, or a plain {@code null} or {@code ~}. */
    default boolean isNothing() {
        return this instanceof Scalar scalar && scalar.plain && NOTHING.contains(scalar.text);
    }

    /**
     * A single value.
     *
     * @param text its text without quotes
     * @param plain whether it stood there without quotes
     * @param binary whether the text is base64
     */
    record Scalar(String text, boolean plain, boolean binary, int line) implements YamlValue {
        @Override
        public String kind() {
            return "a text";
        }
    }

    /** A list. */
    record Items(List<YamlValue> values, int line) implements YamlValue {
        @Override
        public String kind() {
            return "a list";
        }
    }

    /** A map, in the order of the file. */
    record Members(Map<String, YamlValue> values, int line) implements YamlValue {
        @Override
        public String kind() {
            return "a map";
        }
    }
}
