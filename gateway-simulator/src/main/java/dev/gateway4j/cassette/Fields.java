package dev.gateway4j.cassette;

import dev.gateway4j.api.WireHeaders;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Named lists of values in the order of the file: headers, trailers or a form. Immutable and thread-safe.
 *
 * @param values the values of every name
 */
public record Fields(Map<String, List<String>> values) {
    private static final Fields NONE = new Fields(Map.of());

    /** Copies the map and keeps its order. */
    public Fields {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        values.forEach((name, list) -> copy.put(name, List.copyOf(list)));
        values = Collections.unmodifiableMap(copy);
    }

    /** No fields. */
    public static Fields none() {
        return NONE;
    }

    /** Headers, each under the name as go-vcr spells it, such as {@code X-Request-Id}, sorted by that name. */
    public static Fields of(WireHeaders headers) {
        Map<String, List<String>> sorted = new java.util.TreeMap<>();
        headers.entries().forEach(entry -> sorted.computeIfAbsent(canonical(entry.getKey()), name -> new ArrayList<>())
                .add(entry.getValue()));
        return new Fields(sorted);
    }

    /** The first value of this name, in any case. */
    public Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    /** Every value of this name, in any case. */
    public List<String> all(String name) {
        List<String> exact = values.get(name);
        if (exact != null) {
            return exact;
        }
        for (Map.Entry<String, List<String>> entry : values.entrySet()) {
            if (entry.getKey().equalsIgnoreCase(name)) {
                return entry.getValue();
            }
        }
        return List.of();
    }

    /** These fields with this one value under that name, whatever it had before; a new name comes where sorting puts it. */
    public Fields with(String name, String value) {
        Map<String, List<String>> sorted = new java.util.TreeMap<>(without(name).values);
        sorted.put(name, List.of(value));
        return new Fields(sorted);
    }

    /** These fields without that name, in any case. */
    public Fields without(String name) {
        Map<String, List<String>> fewer = new LinkedHashMap<>(values);
        fewer.keySet().removeIf(name::equalsIgnoreCase);
        return new Fields(fewer);
    }

    /** The same as headers on the wire, in this order. */
    public WireHeaders headers() {
        WireHeaders.Builder headers = WireHeaders.builder();
        values.forEach((name, list) -> list.forEach(value -> headers.add(name, value)));
        return headers.build();
    }

    /** True if there are none. */
    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** The name of a header as Go spells it: a capital at the beginning and after each hyphen. */
    public static String canonical(String name) {
        StringBuilder canonical = new StringBuilder(name.length());
        boolean capital = true;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            canonical.append(capital ? Character.toUpperCase(c) : Character.toLowerCase(c));
            capital = c == '-';
        }
        return canonical.toString();
    }

    /** The names; values may be personal. */
    @Override
    public String toString() {
        return "Fields" + values.keySet();
    }
}
