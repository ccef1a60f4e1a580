package dev.gateway4j.simulator.internal.schema;

import dev.gateway4j.simulator.internal.chance.Draws;
import dev.gateway4j.simulator.internal.model.Resources;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Plausible words by kind and language, from a bundled table. Immutable. */
final class Values {
    private static final Map<String, List<String>> TABLE = table();

    private Values() {}

    /** One word of this kind, in the language if the table has some; empty if it knows none of the kind. */
    static String pick(Kind kind, String language, Draws draws) {
        List<String> words = all(kind, language);
        return words.isEmpty() ? "" : words.get(draws.below(words.size()));
    }

    static List<String> all(Kind kind, String language) {
        return TABLE.getOrDefault(kind + "|" + language, TABLE.getOrDefault(kind + "|en", List.of()));
    }

    /** All words of a kind in every language. */
    static List<String> everywhere(Kind kind) {
        return TABLE.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(kind + "|"))
                .map(Map.Entry::getValue)
                .flatMap(Collection::stream)
                .distinct()
                .sorted()
                .toList();
    }

    private static Map<String, List<String>> table() {
        Map<String, List<String>> table = new HashMap<>();
        for (String line : Resources.lines("values.csv")) {
            String[] cells = line.split("\\|", -1);
            table.put(cells[0].toUpperCase(Locale.ROOT) + "|" + cells[1], List.of(cells[2].split(";", -1)));
        }
        return table;
    }
}
