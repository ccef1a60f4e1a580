package dev.gateway4j.okhttp.internal.cache.semantic.guard;

import dev.gateway4j.okhttp.internal.cache.semantic.guard.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes out what an apostrophe has drawn together, where only one thing can be meant. */
final class Contractions {
    private static final Map<String, String> ENGLISH = Map.of("re", "are", "m", "am", "ve", "have", "ll", "will");
    private static final Map<String, String> NEGATED = Map.of("won't", "will", "shan't", "shall");
    private static final Set<String> BEFORE_IS = Set.of("what", "who", "where");

    /** Before these the {@code s} of {@code who's} is {@code is}; in {@code who's eaten} it is {@code has}. */
    private static final Set<String> AFTER_IS =
            Set.of("the", "a", "an", "my", "your", "his", "her", "its", "our", "their", "this", "that");

    private Contractions() {}

    static List<Token> written(List<Token> tokens, String language) {
        List<Token> written = new ArrayList<>(tokens.size());
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            int apostrophe = token.word().indexOf('\'');
            if (token.is(Kind.WORD) && apostrophe > 0 && language.equals("en")) {
                boolean is = i + 1 < tokens.size() && isAfterIs(tokens.get(i + 1));
                english(token, apostrophe, is, written);
            } else if (token.is(Kind.WORD) && apostrophe > 0 && language.equals("fr")) {
                written.add(token.as(token.word().substring(0, apostrophe + 1)));
                written.add(part(
                        token.text().substring(apostrophe + 1), token.word().substring(apostrophe + 1)));
            } else {
                written.add(token);
            }
        }
        return List.copyOf(written);
    }

    private static boolean isAfterIs(Token token) {
        return token.is(Kind.NUMBER) || AFTER_IS.contains(token.word());
    }

    private static void english(Token token, int apostrophe, boolean is, List<Token> written) {
        String word = token.word();
        String base = word.substring(0, apostrophe);
        String end = word.substring(apostrophe + 1);
        if (word.equals("can't")) {
            written.add(token.as("cannot")); // one may still choose what one can not do
        } else if (word.endsWith("n't") && !word.equals("ain't")) {
            written.add(token.as(NEGATED.getOrDefault(word, word.substring(0, word.length() - 3))));
            written.add(part("not", "not"));
        } else if (ENGLISH.containsKey(end)) {
            written.add(token.as(base));
            written.add(part(ENGLISH.get(end), ENGLISH.get(end)));
        } else if (end.equals("s") && is && BEFORE_IS.contains(base)) {
            written.add(token.as(base));
            written.add(part("is", "is"));
        } else {
            written.add(token);
        }
    }

    private static Token part(String text, String word) {
        return new Token(text, word, Kind.WORD, false);
    }
}
