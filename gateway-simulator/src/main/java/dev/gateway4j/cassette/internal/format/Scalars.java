package dev.gateway4j.cassette.internal.format;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** How a text is written so that every reader of YAML, 1.1 or 1.2, reads the same text. */
final class Scalars {
    private static final Set<String> WORDS =
            Set.of("", "~", "null", "true", "false", "yes", "no", "on", "off", "y", "n", "=", "<<");
    private static final Pattern NUMBER = Pattern.compile("[-+]?(0b[01_]+|0o[0-7_]+|0x[0-9a-fA-F_]+"
            + "|([0-9][0-9_]*(\\.[0-9_]*)?|\\.[0-9][0-9_]*)([eE][-+]?[0-9]+)?"
            + "|[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?"
            + "|\\.(inf|Inf|INF|nan|NaN|NAN))");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt \t].*)?");
    private static final int LONGEST_NUMBER = 64;

    private Scalars() {}

    /** The text in one line: plain, in single or in double quotes. */
    static String inline(String text) {
        if (isOneLine(text) && !resolves(text)) {
            if (mayBePlain(text)) {
                return text;
            }
            return "'" + text.replace("'", "''") + "'";
        }
        return doubleQuoted(text);
    }

    /** The text without quotes if it can be written so. */
    static String plainIfPossible(String text) {
        return isOneLine(text) && mayBePlain(text) ? text : doubleQuoted(text);
    }

    /** Whether a literal block is the way to write it: it has several lines, and none with anything invisible. */
    static boolean fitsBlock(String text) {
        if (text.indexOf('\n') < 0 || text.endsWith(" ")) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\n' && c != '\t' && isSpecial(text, i)) {
                return false;
            }
            if (c == ' ' && text.charAt(i + 1) == '\n') {
                return false;
            }
        }
        return true;
    }

    private static boolean isOneLine(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isSpecial(text, i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a reader might not keep the character as it is, or a person could not see it. */
    private static boolean isSpecial(String text, int at) {
        char c = text.charAt(at);
        if (c < 0x7F) {
            return c < 0x20;
        }
        if (Character.isSurrogate(c)) {
            return isLone(text, at);
        }
        return c < 0xA0 || c == 0x2028 || c == 0x2029 || c == 0xFEFF || c >= 0xFFFE;
    }

    private static boolean isLone(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                ? at + 1 >= text.length() || !Character.isLowSurrogate(text.charAt(at + 1))
                : at == 0 || !Character.isHighSurrogate(text.charAt(at - 1));
    }

    /** Whether a reader would take the bare text for something else than a text. */
    static boolean resolves(String text) {
        if (WORDS.contains(text) || (text.length() <= 5 && WORDS.contains(text.toLowerCase(Locale.ROOT)))) {
            return true;
        }
        char first = text.charAt(0);
        if ((first < '0' || first > '9') && first != '-' && first != '+' && first != '.') {
            return false;
        }
        if (text.length() > LONGEST_NUMBER) {
            return text.chars().allMatch(c -> "0123456789abcdefABCDEF_:.+-xo".indexOf(c) >= 0);
        }
        return NUMBER.matcher(text).matches() || DATE.matcher(text).matches();
    }

    private static boolean mayBePlain(String text) {
        if (text.isEmpty() || text.startsWith(" ") || text.endsWith(" ") || text.endsWith(":")) {
            return false;
        }
        if (text.startsWith("---") || text.startsWith("...")) {
            return false;
        }
        char first = text.charAt(0);
        if (",[]{}#&*!|>'\"%@`".indexOf(first) >= 0) {
            return false;
        }
        boolean alone = text.length() == 1 || text.charAt(1) == ' ';
        return !("-?:".indexOf(first) >= 0 && alone) && !text.contains(": ") && !text.contains(" #");
    }

    /** The text in double quotes, in one line, with everything invisible escaped. */
    static String doubleQuoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 16).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (isSpecial(text, i)) {
                escape(quoted, c);
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    private static void escape(StringBuilder quoted, char c) {
        switch (c) {
            case 0x00 -> quoted.append("\\0");
            case 0x07 -> quoted.append("\\a");
            case '\b' -> quoted.append("\\b");
            case '\t' -> quoted.append("\\t");
            case '\n' -> quoted.append("\\n");
            case 0x0B -> quoted.append("\\v");
            case '\f' -> quoted.append("\\f");
            case '\r' -> quoted.append("\\r");
            case 0x1B -> quoted.append("\\e");
            case 0x85 -> quoted.append("\\N");
            default -> quoted.append(String.format(Locale.ROOT, c < 0x100 ? "\\x%02X" : "\\u%04X", (int) c));
        }
    }
}
