package dev.gateway4j.simulator.internal.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Words of prompts and tools, compared by how they begin. */
final class Stems {
    private static final int STEM = 5;
    private static final int SHORTEST = 3;
    private static final int MOST_ENDING = 5;
    private static final Set<String> EMPTY = Set.of(
            "get",
            "set",
            "fetch",
            "find",
            "retrieve",
            "current",
            "the",
            "for",
            "and",
            "tool",
            "function",
            "call",
            "run",
            "use",
            "make",
            "give",
            "with",
            "from",
            "into",
            "your",
            "you",
            "this",
            "that",
            "are",
            "can",
            "will",
            "any",
            "all",
            "data",
            "info",
            "information",
            "returns",
            "return",
            "given",
            "specific",
            "specified",
            "user",
            "users",
            "value",
            "values",
            "api",
            "using",
            "used",
            "when",
            "what",
            "which",
            "please",
            "provide",
            "provided",
            "about",
            "based",
            "new",
            "one",
            "string",
            "number",
            "name",
            "city",
            "location",
            "result",
            "results",
            "list",
            "handle",
            "perform",
            "how",
            "has");
    private static final Map<String, String> TRANSLATED = Map.ofEntries(
            Map.entry("wetter", "weather"),
            Map.entry("m\u00e9t\u00e9o", "weather"),
            Map.entry("clima", "weather"),
            Map.entry("uhrzeit", "time"),
            Map.entry("uhr", "time"),
            Map.entry("heure", "time"),
            Map.entry("hora", "time"),
            Map.entry("berechne", "calculate"),
            Map.entry("calcule", "calculate"),
            Map.entry("calcula", "calculate"),
            Map.entry("suche", "search"),
            Map.entry("cherche", "search"),
            Map.entry("busca", "search"),
            Map.entry("termin", "appointment"),
            Map.entry("flug", "flight"),
            Map.entry("vol", "flight"),
            Map.entry("vuelo", "flight"));

    private Stems() {}

    /** The words of a text in lower case, also of names such as {@code getWeather} and {@code get_weather}. */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : ' ';
            boolean hump = i > 0 && Character.isUpperCase(c) && Character.isLowerCase(text.charAt(i - 1));
            if ((hump || !Character.isLetterOrDigit(c)) && !word.isEmpty()) {
                String lower = word.toString().toLowerCase(Locale.ROOT);
                words.add(TRANSLATED.getOrDefault(lower, lower));
                word.setLength(0);
            }
            if (Character.isLetterOrDigit(c)) {
                word.append(c);
            }
        }
        return words;
    }

    /** The words that mean something; all of them if none does. */
    static List<String> telling(List<String> words) {
        List<String> telling = words.stream()
                .filter(word -> word.length() >= SHORTEST && !EMPTY.contains(word))
                .toList();
        return telling.isEmpty() ? words : telling;
    }

    static boolean anyLike(List<String> words, String word) {
        return words.stream().anyMatch(other -> alike(other, word));
    }

    private static boolean alike(String one, String other) {
        if (one.equals(other)) {
            return true;
        }
        int shorter = Math.min(one.length(), other.length());
        int stem = Math.min(STEM, shorter);
        return shorter > SHORTEST
                && Math.abs(one.length() - other.length()) <= MOST_ENDING
                && one.regionMatches(0, other, 0, stem);
    }
}
