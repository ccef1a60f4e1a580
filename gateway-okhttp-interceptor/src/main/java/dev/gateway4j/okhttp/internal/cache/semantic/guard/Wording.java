package dev.gateway4j.okhttp.internal.cache.semantic.guard;

import java.util.ArrayList;
import java.util.List;

/**
 * How something is said.
 *
 * @param text the text
 * @param language its language, as {@link Language} names it
 * @param lexicon what is known about the words of that language
 * @param tokens the pieces of the text, contractions written out
 * @param words the words of these
 * @param core where the question stands among them
 * @param literal true if each word counts as it stands, since the text speaks about words
 * @param meaning all words and marks of the question, in order; in one spelling where two say exactly the same
 */
record Wording(
        String text,
        String language,
        Lexicon lexicon,
        List<Token> tokens,
        List<String> words,
        Core core,
        boolean literal,
        List<String> meaning) {
    private static final String HOW_TO = "how to";

    static Wording of(String text) {
        return of(text, Language.UNSURE);
    }

    /** Reads a text of which nothing but a language that is likely may say which it is. */
    static Wording of(String text, String likely) {
        List<Token> raw = Tokens.of(text);
        String language = Language.of(raw, likely);
        Lexicon lexicon = Lexicon.of(language);
        List<Token> tokens = Contractions.written(raw, language);
        List<String> words = tokens.stream().map(Token::word).toList();
        Core core = Core.of(words, lexicon);
        List<String> asked = words.subList(core.from(), core.to());
        boolean literal = lexicon.signs.isEmpty()
                || words.stream().anyMatch(lexicon.literal::contains)
                || (!asked.isEmpty() && lexicon.opening.contains(asked.get(0)));
        if (literal) {
            core = new Core(0, core.to(), false, core.asks());
        }
        return new Wording(
                text,
                language,
                lexicon,
                tokens,
                words,
                core,
                literal,
                literal ? List.copyOf(words.subList(0, core.to())) : meaning(asked, lexicon));
    }

    private static List<String> meaning(List<String> asked, Lexicon lexicon) {
        List<String> rewritten = lexicon.phrases.rewrite(asked);
        int how = lexicon.how.length(rewritten, 0);
        if (how > 0 && lexicon.actions.length(rewritten, how) > 0) {
            List<String> drawn = new ArrayList<>(List.of(HOW_TO));
            drawn.addAll(rewritten.subList(how, rewritten.size()));
            rewritten = drawn;
        }
        return rewritten.stream()
                .map(word -> lexicon.same.getOrDefault(word, word))
                .toList();
    }

    /** The pieces of the question itself. */
    List<Token> asked() {
        return tokens.subList(core.from(), core.to());
    }

    /** True if it is a question with or without the mark. */
    boolean isPlainlyAsked() {
        return !meaning.isEmpty()
                && (meaning.get(0).equals(HOW_TO)
                        || lexicon.plain.contains(meaning.get(0))
                        || (meaning.size() > 1
                                && lexicon.wh.contains(meaning.get(0))
                                && lexicon.afterWh.contains(meaning.get(1)))
                        || core.embedded());
    }
}
