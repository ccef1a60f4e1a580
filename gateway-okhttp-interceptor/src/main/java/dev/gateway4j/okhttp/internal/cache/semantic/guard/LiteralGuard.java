package dev.gateway4j.okhttp.internal.cache.semantic.guard;

import dev.gateway4j.okhttp.internal.cache.semantic.guard.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** The same code, quotes, brackets and signs, and the same text after a colon or a line break: all of it letter by letter. */
final class LiteralGuard implements Guard {
    private static final String BRACKETS = "()[]{}<>";
    private static final String OPENING = "\"“„«`'‘";
    private static final String CLOSING = "\"”“»`'’";

    @Override
    public boolean agree(Wording one, Wording other) {
        return brackets(one.text()).equals(brackets(other.text()))
                && code(one).equals(code(other))
                && payload(one.text()).equals(payload(other.text()))
                && quotes(one.text()).equals(quotes(other.text()));
    }

    /** What has a bracket in it, from space to space. */
    private static String brackets(String text) {
        StringBuilder brackets = new StringBuilder();
        int from = 0;
        boolean any = false;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || Character.isWhitespace(text.charAt(i))) {
                if (any) {
                    brackets.append(text, from, i).append(' ');
                }
                from = i + 1;
                any = false;
            } else {
                any |= BRACKETS.indexOf(text.charAt(i)) >= 0;
            }
        }
        return brackets.toString();
    }

    private static List<String> code(Wording wording) {
        List<String> code = new ArrayList<>();
        for (Token token : wording.tokens()) {
            if (token.is(Kind.CODE) || token.is(Kind.SYMBOL)) {
                code.add(token.text());
            }
        }
        return code;
    }

    /** What somebody pastes after what he wants done with it. Indentation counts, empty lines around do not. */
    private static String payload(String text) {
        String trimmed = text.strip();
        int from = trimmed.length();
        for (int i = 0; i < trimmed.length() && from == trimmed.length(); i++) {
            boolean colon = trimmed.charAt(i) == ':'
                    && i + 1 < trimmed.length()
                    && Character.isWhitespace(trimmed.charAt(i + 1));
            if (colon || trimmed.charAt(i) == '：' || trimmed.charAt(i) == '\n') {
                from = i;
            }
        }
        return trimmed.substring(from);
    }

    private static List<String> quotes(String text) {
        List<String> quotes = new ArrayList<>();
        boolean[] noneLeft = new boolean[OPENING.length()]; // so that the rest is looked through once for each kind
        int at = 0;
        while (at < text.length()) {
            int kind = OPENING.indexOf(text.charAt(at));
            boolean opens = kind >= 0 && !noneLeft[kind] && opens(text, at);
            int end = opens ? text.indexOf(CLOSING.charAt(kind), at + 1) : -1;
            if (end < 0) {
                if (opens) {
                    noneLeft[kind] = true;
                }
                at++;
            } else {
                quotes.add(text.substring(at + 1, end));
                at = end + 1;
            }
        }
        return quotes;
    }

    /** A straight quote inside a word is an apostrophe. */
    private static boolean opens(String text, int at) {
        return at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
    }
}
