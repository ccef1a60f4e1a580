package dev.gateway4j.cassette.internal.scrub;

/** Kinds of ASCII characters, and what runs of them look like. */
final class Chars {
    static final int DIGIT = 1;
    static final int LOWER = 2;
    static final int UPPER = 4;
    static final int DASH = 8;
    static final int UNDERSCORE = 16;
    static final int DOT = 32;
    static final int SIGN = 64;
    static final int EQUALS = 128;
    static final int WORD = DIGIT | LOWER | UPPER;
    static final int TOKEN = WORD | DASH | UNDERSCORE;
    static final int CODE = TOKEN | SIGN;
    static final int CREDENTIAL = CODE | DOT | EQUALS;

    private static final int[] KINDS = new int[128];

    static {
        for (char c = 0; c < KINDS.length; c++) {
            KINDS[c] = kind(c);
        }
    }

    private Chars() {}

    private static int kind(char c) {
        if (c >= '0' && c <= '9') {
            return DIGIT;
        }
        if (c >= 'a' && c <= 'z') {
            return LOWER;
        }
        if (c >= 'A' && c <= 'Z') {
            return UPPER;
        }
        return switch (c) {
            case '-' -> DASH;
            case '_' -> UNDERSCORE;
            case '.', '~' -> DOT;
            case '+', '/' -> SIGN;
            case '=' -> EQUALS;
            default -> 0;
        };
    }

    static boolean is(char c, int kinds) {
        return c < 128 && (KINDS[c] & kinds) != 0;
    }

    /** Where the run of such characters ends that begins here. */
    static int end(String text, int from, int kinds) {
        int to = from;
        while (to < text.length() && is(text.charAt(to), kinds)) {
            to++;
        }
        return to;
    }

    /** Where the run of such characters begins that ends here, not more than so many characters before. */
    static int begin(String text, int to, int kinds, int most) {
        int from = to;
        while (from > 0 && to - from < most && is(text.charAt(from - 1), kinds)) {
            from--;
        }
        return from;
    }

    /** The first place of a word between two others, -1 if there is none; never looks further, however long the text. */
    static int find(String text, String word, int from, int to) {
        int last = Math.min(to, text.length()) - word.length();
        for (int i = from; i <= last; i++) {
            if (text.startsWith(word, i)) {
                return i;
            }
        }
        return -1;
    }

    static boolean has(String text, int from, int to, int kinds) {
        return count(text, from, to, kinds) > 0;
    }

    static int count(String text, int from, int to, int kinds) {
        int count = 0;
        for (int i = from; i < to; i++) {
            count += is(text.charAt(i), kinds) ? 1 : 0;
        }
        return count;
    }

    /** True if letters and digits follow one another as they do in no word: what a machine drew. */
    static boolean isRandom(String text, int from, int to) {
        int changes = 0;
        int counted = 0;
        int seen = 0;
        int before = 0;
        for (int i = from; i < to; i++) {
            int kind = text.charAt(i) < 128 ? KINDS[text.charAt(i)] & WORD : 0;
            if (kind != 0) {
                changes += before != 0 && kind != before ? 1 : 0;
                before = kind;
                seen |= kind;
                counted++;
            }
        }
        return counted >= 12 && Integer.bitCount(seen) > 1 && changes * 5 >= counted;
    }

    /** True if there is nothing to hide: empty, masked, or a name that stands for a value. */
    static boolean isPlaceholder(String value) {
        if (value.isBlank() || Shapes.isGone(value) || value.chars().allMatch(c -> c == 'x' || c == '*')) {
            return true;
        }
        char first = value.charAt(0);
        char last = value.charAt(value.length() - 1);
        return (first == '[' && last == ']')
                || (first == '<' && last == '>')
                || (first == '{' && last == '}')
                || (value.startsWith("${") && last == '}');
    }
}
