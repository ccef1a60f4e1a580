package dev.gateway4j.okhttp.internal.cache.semantic.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The same words in the same order, with the same punctuation between them. The last guard and the strictest: a word that nobody has heard
 * of may be a name, a product or the one word that makes the difference, and so may the smallest of those that everybody knows.
 */
final class WordGuard implements Guard {
    private static final Set<String> COPULAS = Set.of("is", "are");
    private static final Set<String> LAST = Set.of("what", "who", "where");

    @Override
    public boolean agree(Wording one, Wording other) {
        if (one.literal() != other.literal() || !sameMark(one, other)) {
            return false;
        }
        if (one.meaning().equals(other.meaning())) {
            return true;
        }
        boolean english = one.language().equals("en") && other.language().equals("en");
        if (!english || one.literal() || one.core().embedded() == other.core().embedded()) {
            return false;
        }
        return one.core().embedded() ? sameOrder(one, other) : sameOrder(other, one);
    }

    /** What is asked with a question mark and what is said without one may differ: {@code you are open?} */
    private static boolean sameMark(Wording one, Wording other) {
        return one.core().asks() == other.core().asks() || (one.isPlainlyAsked() && other.isPlainlyAsked());
    }

    /** Whether what stands in a sentence, as {@code what it is}, becomes the question {@code what is it}. */
    private static boolean sameOrder(Wording embedded, Wording direct) {
        List<String> inside = embedded.meaning();
        List<String> asked = direct.meaning();
        if (asked.size() < 3 || inside.size() < 3 || !asked.get(0).equals(inside.get(0))) {
            return false;
        }
        String verb = asked.get(1);
        boolean why = asked.get(0).equals("why");
        if (verb.equals("do") && why) {
            return without(asked, 1).equals(inside);
        }
        int at = why ? inside.indexOf(verb) : inside.size() - 1;
        return COPULAS.contains(verb)
                && (why || LAST.contains(asked.get(0)))
                && at > 1
                && inside.get(at).equals(verb)
                && inside.indexOf(verb) == inside.lastIndexOf(verb)
                && without(asked, 1).equals(without(inside, at));
    }

    private static List<String> without(List<String> words, int at) {
        List<String> rest = new ArrayList<>(words);
        rest.remove(at);
        return rest;
    }
}
