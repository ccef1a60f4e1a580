package dev.gateway4j.cassette.internal.replay;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Finds which cassette somebody probably meant. */
final class Names {
    private static final int SHOWN = 3;

    private Names() {}

    /** The most similar names, the best first. */
    static List<String> near(String name, Collection<String> known) {
        return known.stream()
                .map(candidate -> new Similar(candidate, distance(name, candidate)))
                .sorted(Comparator.comparingInt(Similar::distance).thenComparing(Similar::name))
                .limit(SHOWN)
                .map(Similar::name)
                .toList();
    }

    /** How many characters to insert, delete or replace to get from one to the other. */
    private static int distance(String from, String to) {
        int[] before = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] row = new int[to.length() + 1];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = before[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(before[j], row[j - 1]) + 1);
            }
            before = row;
        }
        return before[to.length()];
    }

    private record Similar(String name, int distance) {}
}
