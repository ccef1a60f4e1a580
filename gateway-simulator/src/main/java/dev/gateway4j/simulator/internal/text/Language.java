package dev.gateway4j.simulator.internal.text;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Languages the simulator speaks, told apart by their commonest words. */
enum Language {
    ENGLISH(
            "en", "the", "is", "are", "and", "of", "to", "what", "how", "in", "a", "you", "this", "that", "for",
            "please"),
    GERMAN(
            "de", "der", "die", "das", "ist", "und", "nicht", "ein", "eine", "wie", "was", "ich", "mit", "zu", "bitte",
            "wer"),
    FRENCH(
            "fr", "le", "la", "les", "est", "et", "une", "un", "des", "que", "qui", "pour", "dans", "je", "quel",
            "quelle"),
    SPANISH(
            "es", "el", "los", "las", "es", "y", "una", "un", "que", "por", "para", "en", "como", "qué", "cuál",
            "cómo");

    private static final int LOOKED_AT = 400;

    private final String code;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of, never changed
    private final Set<String> words;

    Language(String code, String... words) {
        this.code = code;
        this.words = Set.of(words);
    }

    String code() {
        return code;
    }

    /** The language the text seems to be in; English if nothing speaks for another. */
    static Language of(String text) {
        String start = text.substring(0, Math.min(text.length(), LOOKED_AT)).toLowerCase(Locale.ROOT);
        Map<Language, Integer> scores = new EnumMap<>(Language.class);
        int from = -1;
        for (int i = 0; i <= start.length(); i++) {
            boolean letter = i < start.length() && Character.isLetter(start.charAt(i));
            if (letter && from < 0) {
                from = i;
            } else if (!letter && from >= 0) {
                score(start.substring(from, i), scores);
                from = -1;
            }
        }
        Language best = ENGLISH;
        for (Language language : values()) {
            best = score(scores, language) > score(scores, best) ? language : best;
        }
        return best;
    }

    private static int score(Map<Language, Integer> scores, Language language) {
        return scores.getOrDefault(language, 0);
    }

    private static void score(String word, Map<Language, Integer> scores) {
        for (Language language : values()) {
            if (language.words.contains(word)) {
                scores.merge(language, 1, Integer::sum);
            }
        }
    }
}
