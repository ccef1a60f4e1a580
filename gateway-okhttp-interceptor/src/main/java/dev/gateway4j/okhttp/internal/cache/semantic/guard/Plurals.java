package dev.gateway4j.okhttp.internal.cache.semantic.guard;

import java.util.Set;

/** English words with an {@code s} at their end. */
final class Plurals {
    private static final Set<String> OTHERS = Set.of(
            "news",
            "goods",
            "customs",
            "arms",
            "glasses",
            "means",
            "contents",
            "colors",
            "colours",
            "looks",
            "spirits",
            "manners",
            "minutes",
            "damages",
            "savings",
            "securities",
            "forces",
            "stairs",
            "series",
            "species");

    private Plurals() {}

    /** The word without its {@code s}, unless it means something else without. */
    static String singular(String word) {
        int length = word.length();
        boolean plural = length > 3
                && word.endsWith("s")
                && !word.endsWith("ss")
                && !word.endsWith("us")
                && !word.endsWith("is")
                && !word.endsWith("ics")
                && !OTHERS.contains(word);
        if (!plural) {
            return word;
        }
        if (word.endsWith("ies") && length > 4) {
            return word.substring(0, length - 3) + "y";
        }
        boolean es = word.endsWith("xes") || word.endsWith("ches") || word.endsWith("shes") || word.endsWith("sses");
        return word.substring(0, es ? length - 2 : length - 1);
    }
}
