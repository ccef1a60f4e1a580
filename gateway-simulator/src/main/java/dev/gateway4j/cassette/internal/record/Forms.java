package dev.gateway4j.cassette.internal.record;

import dev.gateway4j.cassette.Fields;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The fields that Go finds in a request: those of a form first, then those of the query, decoded, sorted by name. */
final class Forms {
    private Forms() {}

    static Fields of(String query, String form) {
        Map<String, List<String>> fields = new TreeMap<>();
        add(fields, form);
        add(fields, query);
        return new Fields(fields);
    }

    private static void add(Map<String, List<String>> fields, String encoded) {
        for (String pair : encoded.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (!pair.isEmpty()) {
                String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
                fields.computeIfAbsent(name, fresh -> new ArrayList<>())
                        .add(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // A stray percent sign is no reason to lose the field.
            return text;
        }
    }
}
