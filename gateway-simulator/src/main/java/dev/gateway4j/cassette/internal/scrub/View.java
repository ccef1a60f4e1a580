package dev.gateway4j.cassette.internal.scrub;

import java.util.Arrays;
import java.util.Locale;

/**
 * A piece of a text without its escapes.
 *
 * @param text what it says
 * @param at where each of its characters began in the escaped text, and where the last one ended
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record View(String text, int[] at) {
    /** The inside of a JSON string. What is no escape stays. */
    static View json(String text, int from, int to) {
        Builder view = new Builder(to - from);
        int i = from;
        while (i < to) {
            int end = i + 1;
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < to) {
                char escaped = text.charAt(i + 1);
                int code = escaped == 'u' ? hex(text, i + 2, Math.min(i + 6, to), 4) : -1;
                end = code >= 0 ? i + 6 : i + 2;
                c = code >= 0 ? (char) code : plain(escaped);
            }
            view.add(c, i);
            i = end;
        }
        return view.end(to);
    }

    /** A piece of a URL or form. Bytes beyond ASCII count as one character each. */
    static View percent(String text, int from, int to) {
        Builder view = new Builder(to - from);
        int i = from;
        while (i < to) {
            int code = text.charAt(i) == '%' ? hex(text, i + 1, Math.min(i + 3, to), 2) : -1;
            view.add(code >= 0 ? (char) code : text.charAt(i), i);
            i += code >= 0 ? 3 : 1;
        }
        return view.end(to);
    }

    /** True if a byte is escaped here. */
    static boolean isPercent(String text, int at) {
        return text.charAt(at) == '%' && hex(text, at + 1, Math.min(at + 3, text.length()), 2) >= 0;
    }

    /** The text as it can stand in a URL. */
    static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Chars.is(c, Chars.TOKEN | Chars.DOT) || c > 127) {
                out.append(c);
            } else {
                out.append('%')
                        .append(Integer.toHexString(0x100 | c).substring(1).toUpperCase(Locale.ROOT));
            }
        }
        return out.toString();
    }

    /** The text as it can stand in a string of JSON. */
    static String quoted(String text) {
        return text.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t");
    }

    private static char plain(char escaped) {
        return switch (escaped) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> escaped;
        };
    }

    private static int hex(String text, int from, int to, int digits) {
        if (to - from != digits) {
            return -1;
        }
        int code = 0;
        for (int i = from; i < to; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                return -1;
            }
            code = code * 16 + digit;
        }
        return code;
    }

    private static final class Builder {
        private final StringBuilder text;
        private final int[] at;

        Builder(int most) {
            text = new StringBuilder(most);
            at = new int[most + 1];
        }

        void add(char c, int from) {
            at[text.length()] = from;
            text.append(c);
        }

        View end(int to) {
            at[text.length()] = to;
            return new View(text.toString(), Arrays.copyOf(at, text.length() + 1));
        }
    }
}
