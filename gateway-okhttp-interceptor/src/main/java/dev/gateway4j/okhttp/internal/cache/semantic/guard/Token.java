package dev.gateway4j.okhttp.internal.cache.semantic.guard;

/**
 * A piece of a text.
 *
 * @param text as it was written, apostrophes made straight
 * @param word in small letters; for a number, its value in one spelling
 * @param kind what it is
 * @param opens true if it is the first of a sentence
 */
record Token(String text, String word, Kind kind, boolean opens) {
    enum Kind {
        /** Letters. */
        WORD,
        /** Digits, with separators between them. */
        NUMBER,
        /** What is compared letter by letter: addresses, paths, versions, names with digits or capitals inside. */
        CODE,
        /** One character that is no letter and no digit, and stands for itself. */
        SYMBOL,
        /** One character of punctuation before or after a word. */
        MARK
    }

    boolean is(Kind wanted) {
        return kind == wanted;
    }

    Token as(String otherWord) {
        String written = text.length() > otherWord.length() ? text.substring(0, otherWord.length()) : text;
        return new Token(written, otherWord, kind, opens);
    }
}
