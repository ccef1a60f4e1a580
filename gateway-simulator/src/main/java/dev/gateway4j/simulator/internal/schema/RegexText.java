package dev.gateway4j.simulator.internal.schema;

import dev.gateway4j.simulator.internal.chance.Draws;

/**
 * Texts that match a regular expression: literals, classes, groups, alternatives, repetitions, anchors and the usual escapes. What looks
 * around is left to chance and checked.
 */
final class RegexText {
    private static final int ATTEMPTS = 240;
    private static final int LONGEST_REPEAT = 10_000;
    /** Groups inside groups are written once for each level. */
    private static final int MOST_WRITTEN = 400_000;

    private final String pattern;
    private final Draws draws;
    private final int extra;
    private final Budget budget;
    private int at;
    private int written;

    private RegexText(String pattern, Draws draws, int extra, Budget budget) {
        this.pattern = pattern;
        this.draws = draws;
        this.extra = extra;
        this.budget = budget;
    }

    /**
     * A text that matches; empty if none of the allowed length was found.
     *
     * @throws IllegalArgumentException if the pattern is none, or of a kind that is not supported; the message is the end of a sentence
     */
    static String of(String pattern, int least, int most, Draws draws, Budget budget) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            // Repetitions are short at first and grow until the text is long enough.
            int extra = attempt < 8 ? 3 : attempt < 20 ? 0 : Math.min(1 + attempt * 7 % (least + 8), LONGEST_REPEAT);
            String text = new RegexText(pattern, draws, extra, budget).whole();
            text = lengthened(pattern, text, least, draws);
            int length = text.codePointCount(0, text.length());
            if (length >= least && length <= most && Patterns.finds(pattern, text, budget)) {
                return text;
            }
        }
        return "";
    }

    /** What is not anchored may stand among other letters. */
    private static String lengthened(String pattern, String text, int least, Draws draws) {
        StringBuilder longer = new StringBuilder(text);
        boolean open = !pattern.endsWith("$") || pattern.endsWith("\\$");
        while (open && longer.length() < least) {
            longer.append(draws.alphanumeric(1));
        }
        return longer.toString();
    }

    private String whole() {
        StringBuilder out = new StringBuilder();
        alternatives(out, true);
        if (at < pattern.length()) {
            throw new IllegalArgumentException("there is a ')' too many");
        }
        return out.toString();
    }

    private void alternatives(StringBuilder out, boolean wanted) {
        int mark = out.length();
        int count = 1;
        sequence(out, wanted);
        while (at < pattern.length() && pattern.charAt(at) == '|') {
            at++;
            StringBuilder other = new StringBuilder();
            sequence(other, wanted);
            if (wanted && draws.below(++count) == 0) {
                out.setLength(mark);
                out.append(other);
            }
        }
    }

    private void sequence(StringBuilder out, boolean wanted) {
        while (at < pattern.length() && pattern.charAt(at) != '|' && pattern.charAt(at) != ')') {
            int start = at;
            StringBuilder once = new StringBuilder();
            atom(once, wanted);
            int end = at;
            int times = times(wanted);
            for (int i = 0; wanted && i < times; i++) {
                if (i > 0) {
                    int after = at;
                    at = start;
                    once.setLength(0);
                    atom(once, true);
                    at = after;
                }
                out.append(once);
                pay(once.length() + 1);
            }
            if (end == start) {
                throw new IllegalArgumentException("it cannot be read at position " + at);
            }
        }
    }

    private void atom(StringBuilder out, boolean wanted) {
        pay(1);
        char c = pattern.charAt(at++);
        switch (c) {
            case '^', '$' -> {}
            case '.' -> out.append(draws.alphanumeric(1));
            case '(' -> group(out, wanted);
            case '[' -> out.appendCodePoint(CharacterClass.read(this).draw(draws));
            case '\\' -> escape(out);
            case '*', '+', '?' -> throw new IllegalArgumentException("nothing to repeat at position " + (at - 1));
            default -> out.append(c);
        }
    }

    /** Repetitions of repetitions are bounded together. */
    private void pay(int letters) {
        budget.letters(letters, "");
        written += letters;
        if (written > MOST_WRITTEN) {
            throw new IllegalArgumentException("its texts are longer than the simulator writes");
        }
    }

    private void group(StringBuilder out, boolean wanted) {
        boolean looks = false;
        if (at + 1 < pattern.length() && pattern.charAt(at) == '?') {
            char kind = pattern.charAt(at + 1);
            boolean behind = kind == '<' && at + 2 < pattern.length() && "=!".indexOf(pattern.charAt(at + 2)) >= 0;
            looks = kind == '=' || kind == '!' || behind;
            at += behind ? 3 : 2;
            if ((kind == '<' && !behind) || kind == 'P') {
                int close = pattern.indexOf('>', at);
                if (close < 0) {
                    throw new IllegalArgumentException("a '>' is missing");
                }
                at = close + 1;
            }
        }
        StringBuilder inside = new StringBuilder();
        alternatives(inside, wanted);
        if (at >= pattern.length()) {
            throw new IllegalArgumentException("a ')' is missing");
        }
        at++;
        if (!looks) {
            out.append(inside);
        }
    }

    private void escape(StringBuilder out) {
        char c = next();
        if (Character.isDigit(c) && c != '0') {
            throw new IllegalArgumentException("references to groups are not supported");
        }
        if (c == 'b' || c == 'B' || c == 'A' || c == 'z' || c == 'Z') {
            return;
        }
        out.appendCodePoint(CharacterClass.escaped(c, this).draw(draws));
    }

    private int times(boolean wanted) {
        if (at >= pattern.length()) {
            return 1;
        }
        int least;
        int most;
        switch (pattern.charAt(at)) {
            case '*' -> {
                least = 0;
                most = -1;
            }
            case '+' -> {
                least = 1;
                most = -1;
            }
            case '?' -> {
                least = 0;
                most = 1;
            }
            case '{' -> {
                int close = pattern.indexOf('}', at);
                String[] ends =
                        pattern.substring(at + 1, Math.max(at + 1, close)).split(",", -1);
                if (close < 0 || !ends[0].chars().allMatch(Character::isDigit) || ends[0].isEmpty()) {
                    return 1;
                }
                least = Integer.parseInt(ends[0]);
                most = ends.length == 1 ? least : ends[1].isEmpty() ? -1 : Integer.parseInt(ends[1].trim());
                at = close;
            }
            default -> {
                return 1;
            }
        }
        at++;
        if (at < pattern.length() && (pattern.charAt(at) == '?' || pattern.charAt(at) == '+')) {
            at++;
        }
        int room = most < 0 ? extra + (least == 0 ? 1 : 0) : Math.min(most - least, Math.max(extra, 1));
        int floor = most < 0 && extra > 3 ? room * 2 / 3 : 0;
        return wanted ? Math.min(LONGEST_REPEAT, least + floor + draws.below(room - floor + 1)) : least;
    }

    /** The next character of the pattern, which must be there. */
    char next() {
        if (at >= pattern.length()) {
            throw new IllegalArgumentException("it ends too early");
        }
        return pattern.charAt(at++);
    }

    /** The character after the next one is read; 0 at the end. */
    char peek() {
        return at < pattern.length() ? pattern.charAt(at) : 0;
    }
}
