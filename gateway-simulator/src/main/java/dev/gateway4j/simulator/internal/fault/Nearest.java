package dev.gateway4j.simulator.internal.fault;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Says what somebody probably meant. */
final class Nearest {
    private static final int SUGGESTIONS = 3;

    private Nearest() {}

    /** What to say about a name that is not known. */
    static String unknown(String thing, String name, Collection<String> known) {
        List<String> nearest = known.stream()
                .sorted(Comparator.comparingInt(candidate -> distance(name, candidate)))
                .limit(SUGGESTIONS)
                .toList();
        return "there is no " + thing + " \"" + name + "\"; the nearest are " + String.join(", ", nearest) + ". All: "
                + String.join(", ", known);
    }

    private static int distance(String from, String to) {
        if (!from.isEmpty() && (to.startsWith(from) || from.startsWith(to))) {
            return 0;
        }
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int before = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int cost = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                int best = Math.min(before + cost, Math.min(row[j], row[j - 1]) + 1);
                before = row[j];
                row[j] = best;
            }
        }
        return row[to.length()];
    }
}
