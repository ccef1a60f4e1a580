package dev.gateway4j.cassette.internal.scrub;

import java.util.ArrayList;
import java.util.List;

/**
 * The strings of JSON in any text: a body, the data of events, a log. A string ends on the line where it begins, so a quotation mark that
 * has no partner spoils one line at most.
 */
final class Literals {
    private Literals() {}

    /** Every string, from left to right. */
    static List<Literal> of(String text) {
        List<Literal> literals = new ArrayList<>();
        int at = text.indexOf('"');
        while (at >= 0) {
            int i = at + 1;
            boolean escaped = false;
            while (i < text.length() && text.charAt(i) != '"' && text.charAt(i) != '\n') {
                escaped |= text.charAt(i) == '\\';
                i += text.charAt(i) == '\\' ? 2 : 1;
            }
            boolean whole = i < text.length() && text.charAt(i) == '"';
            int after = whole ? i + 1 : Math.min(i, text.length());
            if (whole) {
                int next = blanks(text, after);
                boolean name = next < text.length() && text.charAt(next) == ':';
                literals.add(new Literal(at + 1, i, escaped, name, name ? blanks(text, next + 1) : -1));
            }
            at = text.indexOf('"', after);
        }
        return literals;
    }

    private static int blanks(String text, int at) {
        int to = at;
        while (to < text.length() && text.charAt(to) <= ' ') {
            to++;
        }
        return to;
    }

    /**
     * A string.
     *
     * @param from its first character after the quotation mark
     * @param to the closing quotation mark
     * @param escaped whether it holds an escape
     * @param name whether it is the name of a member
     * @param value where the value of that member begins
     */
    record Literal(int from, int to, boolean escaped, boolean name, int value) {
        /** The same string where the text stands so much further back. */
        Literal moved(int by) {
            return new Literal(from + by, to + by, escaped, name, value < 0 ? value : value + by);
        }

        String said(String text) {
            return escaped ? View.json(text, from, to).text() : text.substring(from, to);
        }
    }
}
