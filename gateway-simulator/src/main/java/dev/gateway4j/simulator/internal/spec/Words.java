package dev.gateway4j.simulator.internal.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Types and values in the words of OpenAI's errors. */
final class Words {
    private Words() {}

    /** What a shape expects: {@code a string}, {@code an array of objects}, {@code one of a string or array of strings}. */
    static String expected(Shape shape) {
        Set<String> kinds = new LinkedHashSet<>();
        for (Shape leaf : shape.leaves()) {
            leaf.types().forEach(type -> kinds.add(kind(leaf, type)));
            if (leaf.types().isEmpty() && !leaf.names().isEmpty()) {
                kinds.add("object");
            }
        }
        List<String> all = new ArrayList<>(kinds);
        if (all.isEmpty()) {
            return "another type";
        }
        String first = article(all.get(0));
        if (all.size() == 1) {
            return first;
        }
        all.set(0, first);
        return "one of " + joined(all, "or");
    }

    /** What a value is: {@code a boolean}. */
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

    /** {@code 'a', 'b', and 'c'}. */
    static String listed(Set<String> values) {
        return joined(values.stream().map(value -> "'" + value + "'").toList(), "and");
    }

    private static String kind(Shape leaf, String type) {
        if (!type.equals("array")) {
            return type.equals("number") ? "decimal" : type;
        }
        Set<String> kinds = leaf.items().stream()
                .flatMap(items -> items.leaves().stream())
                .flatMap(item -> item.types().stream())
                .map(element -> element.equals("number") ? "decimal" : element)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return kinds.size() == 1 ? "array of " + kinds.iterator().next() + "s" : "array";
    }

    private static String article(String kind) {
        return ("aeio".indexOf(kind.charAt(0)) >= 0 ? "an " : "a ") + kind;
    }

    private static String joined(List<String> parts, String word) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        String others = String.join(", ", parts.subList(0, parts.size() - 1));
        String last = parts.get(parts.size() - 1);
        return others + (parts.size() == 2 ? " " : ", ") + word + " " + last;
    }
}
