package dev.gateway4j.cassette.internal.scrub;

import java.util.Set;

/** Credentials in plain text that stand beside their name: in settings, connection strings, dumps of headers and parts of forms. */
final class Assignments {
    private static final int LONGEST_NAME = 64;
    private static final int SHORTEST = 16;
    private static final int FEW_DIGITS = 4;
    private static final int LONGEST_LINE = 512;
    private static final int LONGEST_LOOK = 256;
    private static final Set<String> CONNECTION =
            Set.of("password", "pwd", "accountkey", "sharedaccesskey", "accesskey", "secret");
    private static final String BETWEEN = " \t\"'`=>";
    private static final String ENDS = "\"'`,;&<>()[]{}\\";
    /** The last letters of names of credentials. */
    private static final String LAST = "ydnetgswhlYDNETGSWHL_-";

    private Assignments() {}

    /** Marks the values. */
    static void find(String text, Edits edits) {
        int i = 3;
        while (i < text.length()) {
            char c = text.charAt(i);
            i = c == '=' || c == ':' ? Math.max(i + 1, at(text, i, edits)) : i + 1;
        }
    }

    /** Where what was marked ends, or a place before. */
    private static int at(String text, int sign, Edits edits) {
        int nameTo = sign;
        while (nameTo > 0 && sign - nameTo < 3 && BETWEEN.indexOf(text.charAt(nameTo - 1)) >= 0) {
            nameTo--;
        }
        if (nameTo == 0 || LAST.indexOf(text.charAt(nameTo - 1)) < 0) {
            return -1;
        }
        int nameFrom = Chars.begin(text, nameTo, Chars.TOKEN, LONGEST_NAME);
        String name = Words.plain(text.substring(nameFrom, nameTo));
        if (name.equals("name") && text.charAt(sign) == '=') {
            part(text, sign + 1, edits);
        } else if (CONNECTION.contains(name) && text.charAt(sign) == '=' && sign == nameTo) {
            connection(text, nameFrom, sign + 1, edits);
        }
        return Words.isCredential(name) ? value(text, sign + 1, edits) : -1;
    }

    /** A value that no word looks like. */
    private static int value(String text, int at, Edits edits) {
        int from = at;
        while (from < text.length() && from - at < 4 && BETWEEN.indexOf(text.charAt(from)) >= 0) {
            from++;
        }
        // Only what is taken may be looked at to its end, or a text full of names is looked at again and again.
        String near = text.substring(from, Math.min(text.length(), from + LONGEST_LOOK));
        int to = end(near, 0);
        int code = Chars.end(near, 0, Chars.CREDENTIAL);
        if (isNumber(near, to) || !(isDrawn(near, 0, code) || isDrawn(near, 0, to))) {
            return -1;
        }
        int last = Math.max(end(text, from), Chars.end(text, from, Chars.CREDENTIAL));
        edits.put(from, last, Shapes.GONE);
        return last;
    }

    private static boolean isNumber(String text, int to) {
        for (int i = 0; i < to; i++) {
            if ("0123456789.+-eE".indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return Chars.count(text, 0, to, Chars.LOWER | Chars.UPPER) < 2;
    }

    private static boolean isDrawn(String text, int from, int to) {
        return to - from >= SHORTEST
                && (Chars.isRandom(text, from, to)
                        || (Chars.count(text, from, to, Chars.DIGIT) >= FEW_DIGITS
                                && Chars.has(text, from, to, Chars.LOWER | Chars.UPPER)));
    }

    /** {@code Server=…;Password=…;}: the semicolon before or after it tells that any value is one. */
    private static void connection(String text, int nameFrom, int from, Edits edits) {
        int to = from;
        int most = Math.min(text.length(), from + LONGEST_LOOK);
        while (to < most && text.charAt(to) > ' ' && ";\"'\\<>".indexOf(text.charAt(to)) < 0) {
            to++;
        }
        boolean before = (nameFrom > 0 && text.charAt(nameFrom - 1) == ';')
                || (nameFrom > 1 && text.startsWith("; ", nameFrom - 2));
        boolean after = to < text.length() && text.charAt(to) == ';';
        if ((before || after) && !Chars.isPlaceholder(text.substring(from, to))) {
            edits.put(from, to, Shapes.GONE);
        }
    }

    /** {@code name="api_key"}, an empty line, and the value on a line of its own. */
    private static void part(String text, int quote, Edits edits) {
        int nameTo = text.startsWith("\"", quote) ? Chars.find(text, "\"", quote + 1, quote + LONGEST_NAME) : -1;
        if (nameTo < 0 || !Words.isCredential(Words.plain(text.substring(quote + 1, nameTo)))) {
            return;
        }
        int from = nameTo + 1;
        for (int lines = 0; lines < 8; lines++) {
            from = Chars.find(text, "\n", from, from + LONGEST_LINE) + 1;
            if (from == 0) {
                return;
            }
            int lineEnd = lineEnd(text, from);
            if (lineEnd == from) {
                int valueFrom = Chars.find(text, "\n", from, from + 2) + 1;
                int valueTo = valueFrom == 0 ? 0 : lineEnd(text, valueFrom);
                if (valueTo > valueFrom && !Chars.isPlaceholder(text.substring(valueFrom, valueTo))) {
                    edits.put(valueFrom, valueTo, Shapes.GONE);
                }
                return;
            }
        }
    }

    private static int lineEnd(String text, int from) {
        int to = from;
        while (to < text.length() && text.charAt(to) != '\n' && text.charAt(to) != '\r') {
            to++;
        }
        return to;
    }

    private static int end(String text, int from) {
        int to = from;
        while (to < text.length() && text.charAt(to) > ' ' && ENDS.indexOf(text.charAt(to)) < 0) {
            to++;
        }
        return to;
    }
}
