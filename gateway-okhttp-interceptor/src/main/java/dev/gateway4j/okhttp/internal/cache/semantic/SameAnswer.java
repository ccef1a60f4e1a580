package dev.gateway4j.okhttp.internal.cache.semantic;

import dev.gateway4j.okhttp.internal.cache.semantic.guard.Guards;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Judges whether two answers say the same. A model seldom answers twice in the same words, so this is an estimate: the same figures, and
 * equal apart from spacing, case and punctuation or near to each other as vectors.
 */
final class SameAnswer {
    /** Two answers in other words are less alike than two questions. */
    private static final double LEAST = 0.85;

    private static final String PUNCTUATION = ".,;:?!…¿¡\"“”„«»‹›‘’‚'`()[]{}*_#-–—−";
    private static final String IN_NUMBERS = ".,-–—−:'";

    private SameAnswer() {}

    /**
     * The judgement; empty if there are no vectors to tell by.
     *
     * @param embedding gives the unit vector of a text
     */
    static Optional<Boolean> judge(String one, String other, Function<String, Optional<float[]>> embedding) {
        if (!Guards.sameFigures(one, other)) {
            return Optional.of(false);
        }
        if (plain(one).equals(plain(other))) {
            return Optional.of(true);
        }
        Optional<float[]> a = embedding.apply(one);
        Optional<float[]> b = a.isEmpty() ? Optional.empty() : embedding.apply(other);
        if (a.isEmpty() || b.isEmpty() || a.get().length != b.get().length) {
            return Optional.empty();
        }
        return Optional.of(Vectors.cosine(a.get(), b.get()) >= LEAST);
    }

    /** Without spaces and the punctuation of sentences; what stands beside digits may be part of a number and stays. */
    private static String plain(String text) {
        String small = text.toLowerCase(Locale.ROOT);
        StringBuilder plain = new StringBuilder(small.length());
        for (int i = 0; i < small.length(); i++) {
            char c = small.charAt(i);
            boolean space = Character.isWhitespace(c) || Character.isSpaceChar(c);
            if (!space && (PUNCTUATION.indexOf(c) < 0 || isInNumber(small, i))) {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    /** As in {@code 3.5}, {@code -5} and {@code 1,000}, but not in {@code it was 5.} */
    private static boolean isInNumber(String text, int at) {
        if (text.charAt(at) == '!' && at > 0 && Character.isDigit(text.charAt(at - 1))) {
            return true;
        }
        int next = at + 1;
        while (next < text.length() && text.charAt(next) == ' ' && IN_NUMBERS.indexOf(text.charAt(at)) > 1) {
            next++; // a sign may stand apart
        }
        return IN_NUMBERS.indexOf(text.charAt(at)) >= 0 && next < text.length() && Character.isDigit(text.charAt(next));
    }
}
