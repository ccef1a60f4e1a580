package dev.gateway4j.okhttp.internal.cache.semantic.guard;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells in which language a text is: by its letters, and by the small words that each language has. */
final class Language {
    /** Not known, or not sure. */
    static final String UNSURE = "?";

    private static final Map<String, List<String>> BY_SIGN = bySign();

    private Language() {}

    private static Map<String, List<String>> bySign() {
        Map<String, List<String>> bySign = new HashMap<>();
        Lexicon.all().forEach((language, lexicon) -> put(bySign, language, lexicon.signs));
        for (String line : Lexicon.lines("others.txt")) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                put(
                        bySign,
                        line.substring(0, colon),
                        Set.copyOf(List.of(line.substring(colon + 1).strip().split(" ", -1))));
            }
        }
        return bySign;
    }

    private static void put(Map<String, List<String>> bySign, String language, Set<String> signs) {
        for (String sign : signs) {
            bySign.computeIfAbsent(sign, word -> new ArrayList<>()).add(language);
        }
    }

    /**
     * A language such as {@code en}, or a script such as {@code HAN}, or {@link #UNSURE}.
     *
     * @param likely what it is if nothing speaks for another one more
     */
    static String of(List<Token> tokens, String likely) {
        Map<String, Integer> votes = new HashMap<>();
        for (Token token : tokens) {
            if (token.is(Token.Kind.WORD)) {
                int first = token.word().codePointAt(0);
                if (first > 0x7f && isForeign(UnicodeScript.of(first))) {
                    return UnicodeScript.of(first).name();
                }
                for (String language : BY_SIGN.getOrDefault(sign(token.word()), List.of())) {
                    votes.merge(language, 1, Integer::sum);
                }
            }
        }
        return winner(votes, likely);
    }

    private static boolean isForeign(UnicodeScript script) {
        return script != UnicodeScript.LATIN && script != UnicodeScript.COMMON && script != UnicodeScript.INHERITED;
    }

    /** In {@code what's} the sign is {@code what}, in {@code l'eau} it is {@code l'}. */
    private static String sign(String word) {
        int apostrophe = word.indexOf('\'');
        if (apostrophe < 0) {
            return word;
        }
        return apostrophe <= 2 && apostrophe < word.length() - 2
                ? word.substring(0, apostrophe + 1)
                : word.substring(0, apostrophe);
    }

    private static String winner(Map<String, Integer> votes, String likely) {
        String winner = likely;
        int most = votes.getOrDefault(likely, 0);
        for (Map.Entry<String, Integer> vote : votes.entrySet()) {
            if (vote.getValue() > most) {
                winner = vote.getKey();
                most = vote.getValue();
            } else if (vote.getValue() == most && !winner.equals(likely)) {
                winner = UNSURE;
            }
        }
        return winner;
    }
}
