package dev.gateway4j.simulator.internal.schema;

import dev.gateway4j.simulator.internal.memory.BoundedMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Regular expressions, compiled once. One that is none matches everything. Thread-safe. */
final class Patterns {
    private static final Map<String, Optional<Pattern>> COMPILED = BoundedMap.of(512);

    private Patterns() {}

    /**
     * True if the pattern is found.
     *
     * @throws UnsatisfiableSchema if the search goes back and forth longer than the budget allows
     */
    static boolean finds(String pattern, String text, Budget budget) {
        return COMPILED.computeIfAbsent(pattern, Patterns::compiled)
                .map(compiled -> compiled.matcher(new Paid(text, budget)).find())
                .orElse(true);
    }

    private static Optional<Pattern> compiled(String pattern) {
        try {
            return Optional.of(Pattern.compile(pattern));
        } catch (PatternSyntaxException notJava) {
            return Optional.empty();
        }
    }

    /** A text of which every look costs. */
    private record Paid(String text, Budget budget) implements CharSequence {
        @Override
        public char charAt(int index) {
            budget.letters(1, "");
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int from, int to) {
            return text.substring(from, to);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
