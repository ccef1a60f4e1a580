package dev.gateway4j.cassette.internal.scrub;

import dev.gateway4j.api.openai.Redaction;
import java.util.function.BiPredicate;

/** Credentials among the parameters of URLs and forms. */
final class Queries {
    private static final String ENDS = "\"'`<>\\^{}|)]#";
    private static final int SHORTEST_SIGNATURE = 8;

    private Queries() {}

    /** Marks what is named like a credential in a text that is a form, and nothing else. */
    static void findForm(String form, Edits edits) {
        find(form, 0, form.length(), (name, value) -> Words.isParameter(name), edits);
    }

    /** Marks what is a credential in the query of a URL: a key that is short and plain names something. */
    static void findQuery(String query, Edits edits) {
        find(query, 0, query.length(), Queries::isCredential, edits);
    }

    /** True if a parameter of a URL with this plain name and this value is a credential. */
    static boolean isCredential(String name, String value) {
        return Words.isParameter(name) && Redaction.mayBeCredential(name, value);
    }

    /** Marks what looks like a credential in the queries of URLs that stand in a text. */
    static void findWithin(String text, Edits edits) {
        int at = text.indexOf('?');
        while (at >= 0) {
            int to = at + 1;
            while (to < text.length() && text.charAt(to) > ' ' && ENDS.indexOf(text.charAt(to)) < 0) {
                to++;
            }
            find(text, at + 1, to, Queries::looksLikeCredential, edits);
            at = text.indexOf('?', to);
        }
    }

    private static void find(String text, int from, int to, BiPredicate<String, String> credential, Edits edits) {
        boolean signed = isSigned(text, from, to);
        int at = from;
        while (at < to) {
            int end = end(text, at, to);
            int equals = equals(text, at, end);
            if (equals > 0) {
                String name = name(text, at, equals);
                String value = text.substring(equals + 1, end);
                if (((signed && Words.isSigned(name)) || credential.test(name, value)) && !Chars.isPlaceholder(value)) {
                    edits.put(equals + 1, end, Shapes.GONE);
                }
            }
            at = end + 1;
        }
    }

    private static boolean looksLikeCredential(String name, String value) {
        return Words.isCredential(name) || (Words.isParameter(name) && Chars.isRandom(value, 0, value.length()));
    }

    private static boolean isSigned(String text, int from, int to) {
        int at = from;
        while (at < to) {
            int end = end(text, at, to);
            int equals = equals(text, at, end);
            if (equals > 0 && end - equals > SHORTEST_SIGNATURE && Words.isSignature(name(text, at, equals))) {
                return true;
            }
            at = end + 1;
        }
        return false;
    }

    private static int end(String text, int at, int to) {
        int end = Chars.find(text, "&", at, to);
        return end < 0 ? to : end;
    }

    private static int equals(String text, int at, int end) {
        for (int i = at; i < end; i++) {
            if (text.charAt(i) == '=') {
                return i;
            }
        }
        return -1;
    }

    private static String name(String text, int from, int to) {
        int begin = text.startsWith("amp;", from) ? from + 4 : from;
        boolean tooLong = to - begin > 3 * 64;
        return tooLong || begin > to
                ? ""
                : Words.plain(View.percent(text, begin, to).text());
    }
}
