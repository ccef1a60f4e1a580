package dev.gateway4j.okhttp.internal.cache.semantic.guard;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Phrases, found by their first word; the longest that fits. Immutable. */
final class Phrases {
    private final Map<String, List<Phrase>> byFirst = new HashMap<>();

    /** A phrase and what may stand in its place. */
    record Phrase(List<String> words, List<String> instead) {}

    Phrases(List<String> lines) {
        for (String line : lines) {
            String[] sides = line.split("=", -1);
            List<String> words = List.of(sides[0].strip().split(" ", -1));
            List<String> instead =
                    sides.length == 1 ? List.of() : List.of(sides[1].strip().split(" ", -1));
            byFirst.computeIfAbsent(words.get(0), first -> new ArrayList<>()).add(new Phrase(words, instead));
        }
        byFirst.values()
                .forEach(list -> list.sort(Comparator.comparingInt(
                                (Phrase phrase) -> phrase.words().size())
                        .reversed()));
    }

    /** How many words of a phrase stand here; 0 if none does. */
    int length(List<String> words, int from) {
        Phrase phrase = at(words, from);
        return phrase == null ? 0 : phrase.words().size();
    }

    /** How many words of a phrase stand before this place; 0 if none does. */
    int lengthBefore(List<String> words, int to) {
        for (int from = Math.max(0, to - 4); from < to; from++) {
            if (length(words.subList(0, to), from) == to - from) {
                return to - from;
            }
        }
        return 0;
    }

    /** The words with a phrase at their start replaced. */
    List<String> rewrite(List<String> words) {
        Phrase phrase = at(words, 0);
        if (phrase == null) {
            return words;
        }
        List<String> rewritten = new ArrayList<>(phrase.instead());
        rewritten.addAll(words.subList(phrase.words().size(), words.size()));
        return rewritten;
    }

    private @Nullable Phrase at(List<String> words, int from) {
        if (from >= words.size()) {
            return null;
        }
        for (Phrase phrase : byFirst.getOrDefault(words.get(from), List.of())) {
            int to = from + phrase.words().size();
            if (to <= words.size() && words.subList(from, to).equals(phrase.words())) {
                return phrase;
            }
        }
        return null;
    }
}
