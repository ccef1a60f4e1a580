package dev.gateway4j.okhttp.internal.cache.semantic.guard;

import dev.gateway4j.okhttp.internal.cache.semantic.guard.Token.Kind;
import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Cuts a text into tokens, in one pass. */
final class Tokens {
    private static final String SENTENCE = ".,;:?!…¿¡\"“”„«»‹›‘‚()[]{}'`–—。、？！：「」『』（）；·・؟،";
    private static final Set<UnicodeScript> WITHOUT_SPACES = EnumSet.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR);

    private final List<Token> tokens = new ArrayList<>();
    private boolean opens = true;

    private Tokens() {}

    static List<Token> of(String text) {
        Tokens cutter = new Tokens();
        String clean = straight(Normalizer.normalize(text, Normalizer.Form.NFC));
        int from = 0;
        for (int at = 0; at <= clean.length(); at++) {
            if (at == clean.length() || isSpace(clean.charAt(at))) {
                cutter.chunk(clean.substring(from, at));
                if (at < clean.length() && clean.charAt(at) == '\n') {
                    cutter.opens = true;
                }
                from = at + 1;
            }
        }
        return List.copyOf(cutter.tokens);
    }

    /** One kind of apostrophe, of hyphen and of minus sign. */
    private static String straight(String text) {
        StringBuilder straight = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '’' || c == 'ʼ') {
                straight.append('\'');
            } else if (c == '‐' || c == '‑' || isMinus(text, i)) {
                straight.append('-');
            } else {
                straight.append(c);
            }
        }
        return straight.toString();
    }

    /** A dash directly before a number that does not end a range. */
    private static boolean isMinus(String text, int at) {
        return "−–—".indexOf(text.charAt(at)) >= 0
                && at + 1 < text.length()
                && isDigit(text.charAt(at + 1))
                && (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)));
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private void chunk(String chunk) {
        int from = 0;
        int to = chunk.length();
        while (from < to && opensWith(chunk, from)) {
            from++;
        }
        while (to > from && SENTENCE.indexOf(chunk.charAt(to - 1)) >= 0) {
            to--;
        }
        if (from == to) {
            symbols(chunk); // an operator, a sign that is asked about
        } else {
            marks(chunk.substring(0, from));
            int end = withSigns(chunk, from, to);
            if (end > to) {
                String core = chunk.substring(from, end);
                add(core, core, Kind.CODE);
            } else {
                core(chunk.substring(from, to));
            }
            marks(chunk.substring(end));
        }
        opens |= to < chunk.length() && ".?!:…。？！".indexOf(chunk.charAt(chunk.length() - 1)) >= 0;
    }

    /** As in {@code 6'}, {@code 10!} and {@code f''}: what follows a number or a single letter is no punctuation. */
    private static int withSigns(String chunk, int from, int to) {
        char last = chunk.charAt(to - 1);
        boolean single = to - from == 1 && Character.isLetter(last);
        if (!single && !Character.isDigit(last)) {
            return to;
        }
        String signs = single ? "'!" : "'!\"”";
        int end = to;
        while (end < chunk.length() && signs.indexOf(chunk.charAt(end)) >= 0) {
            end++;
        }
        return end;
    }

    private void marks(String marks) {
        for (int i = 0; i < marks.length(); i++) {
            String mark = marks.substring(i, i + 1);
            if ("¿¡".indexOf(mark) < 0) { // their other halves say it
                tokens.add(new Token(mark, mark, Kind.MARK, false));
            }
        }
    }

    /** What stands before a number or an expression may belong to it. */
    private static boolean opensWith(String chunk, int at) {
        char c = chunk.charAt(at);
        boolean belongs =
                (c == '.' || c == '!') && at + 1 < chunk.length() && Character.isLetterOrDigit(chunk.charAt(at + 1));
        return SENTENCE.indexOf(c) >= 0 && !belongs;
    }

    private void core(String core) {
        if (number(core) || words(core)) {
            return;
        }
        if (hasLetterOrDigit(core)) {
            add(core, core, Kind.CODE);
            return;
        }
        core.codePoints().forEach(c -> add(Character.toString(c), Character.toString(c), Kind.SYMBOL));
    }

    private static boolean hasLetterOrDigit(String core) {
        return core.codePoints().anyMatch(Character::isLetterOrDigit);
    }

    /** Such as {@code 5}, {@code -1,000.50}, {@code 10:30}, {@code $20}, {@code 5km}, {@code 20%}, {@code 3rd}. */
    private boolean number(String core) {
        int from = 0;
        while (from < core.length() && isMoney(core.codePointAt(from))) {
            from++;
        }
        int digits = from < core.length() && "+-.".indexOf(core.charAt(from)) >= 0 ? from + 1 : from;
        int to = digits;
        while (to < core.length() && (isDigit(core.charAt(to)) || separates(core, to))) {
            to++;
        }
        if (to == digits || !isDigit(core.charAt(digits)) || !isUnit(core, to)) {
            return false;
        }
        symbols(core.substring(0, from));
        add(core.substring(from, to), core.substring(from, to), Kind.NUMBER);
        unit(core.substring(to));
        return true;
    }

    private void unit(String unit) {
        if (!unit.isEmpty() && Character.isLetter(unit.charAt(0))) {
            add(unit, lower(unit), hasInnerCapital(unit) ? Kind.CODE : Kind.WORD);
        } else {
            symbols(unit);
        }
    }

    private void symbols(String symbols) {
        symbols.codePoints().forEach(c -> add(Character.toString(c), Character.toString(c), Kind.SYMBOL));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean separates(String core, int at) {
        return ".,:/-'".indexOf(core.charAt(at)) >= 0 && at + 1 < core.length() && isDigit(core.charAt(at + 1));
    }

    private static boolean isMoney(int c) {
        return Character.getType(c) == Character.CURRENCY_SYMBOL;
    }

    /** All letters, or all signs. */
    private static boolean isUnit(String core, int from) {
        String unit = core.substring(from);
        return unit.codePoints().allMatch(Character::isLetter)
                || unit.codePoints().allMatch(c -> isMoney(c) || "%‰°".indexOf(c) >= 0)
                || unit.equals("°C")
                || unit.equals("°F");
    }

    /** Letters with apostrophes or hyphens between them; false for anything else, and for capitals inside. */
    private boolean words(String core) {
        for (int at = 0; at < core.length(); at += Character.charCount(core.codePointAt(at))) {
            int c = core.codePointAt(at);
            boolean joins = (c == '\'' || isHyphen(c)) && at > 0 && at + 1 < core.length();
            if (!joins && !isLetter(c)) {
                return false;
            }
        }
        for (String part : parts(core)) {
            if (part.isEmpty() || hasInnerCapital(part)) {
                return false;
            }
        }
        word(core); // hyphens and all: a man-eating shark is no man eating shark
        return true;
    }

    private static List<String> parts(String core) {
        List<String> parts = new ArrayList<>(1);
        int from = 0;
        for (int at = 0; at <= core.length(); at++) {
            if (at == core.length() || isHyphen(core.charAt(at))) {
                parts.add(core.substring(from, at));
                from = at + 1;
            }
        }
        return parts;
    }

    private static boolean isHyphen(int c) {
        return c == '-';
    }

    private static boolean isLetter(int c) {
        return Character.isLetter(c)
                || Character.getType(c) == Character.NON_SPACING_MARK
                || Character.getType(c) == Character.COMBINING_SPACING_MARK;
    }

    /** As in {@code iPhone} or {@code GraphQL}, not as in {@code NASA} or {@code L'Oréal}. */
    private static boolean hasInnerCapital(String part) {
        boolean small = false;
        boolean inner = false;
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            small |= Character.isLowerCase(c);
            inner |= i > 0 && Character.isUpperCase(c) && part.charAt(i - 1) != '\'';
        }
        return small && inner;
    }

    private void word(String core) {
        int first = core.codePointAt(0);
        if (first > 0x7f && WITHOUT_SPACES.contains(UnicodeScript.of(first))) {
            core.codePoints().forEach(c -> add(Character.toString(c), Character.toString(c), Kind.WORD));
            return;
        }
        add(core, lower(core), Kind.WORD);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private void add(String text, String word, Kind kind) {
        tokens.add(new Token(text, word, kind, opens));
        opens = false;
    }
}
