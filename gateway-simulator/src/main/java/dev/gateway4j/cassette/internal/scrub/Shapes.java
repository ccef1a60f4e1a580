package dev.gateway4j.cassette.internal.scrub;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What can be told to be a credential, or the id of an account, by its looks alone. One pass, which looks closer only where a word begins
 * with a letter that some shape begins with.
 */
final class Shapes {
    /** What stands for anything that had to go. It needs no escape in JSON, URLs, headers and forms. */
    static final String GONE = "scrubbed";

    private static final Set<String> PREFIXES = Set.of("org-", "proj_", "user-", "project-");
    private static final int LONG_CODE = 32;
    private static final @Nullable List<Shape>[] BY_FIRST = byFirst(List.of(
            new Shape("sk-proj-", Chars.TOKEN, 12, Test.ANY, GONE),
            new Shape("sk-svcacct-", Chars.TOKEN, 12, Test.ANY, GONE),
            new Shape("sk-admin-", Chars.TOKEN, 12, Test.ANY, GONE),
            new Shape("sk-ant-", Chars.TOKEN, 12, Test.ANY, GONE),
            new Shape("sk-", Chars.TOKEN, 16, Test.CODED, GONE),
            new Shape("sk_live_", Chars.WORD, 12, Test.ANY, GONE),
            new Shape("sk_test_", Chars.WORD, 12, Test.ANY, GONE),
            new Shape("rk_live_", Chars.WORD, 12, Test.ANY, GONE),
            new Shape("rk_test_", Chars.WORD, 12, Test.ANY, GONE),
            new Shape("whsec_", Chars.CODE, 20, Test.ANY, GONE),
            new Shape("sess-", Chars.TOKEN, 20, Test.CODED, GONE),
            new Shape("ek_", Chars.WORD, 16, Test.CODED, GONE),
            new Shape("AKIA", Chars.DIGIT | Chars.UPPER, 16, Test.EXACT, GONE),
            new Shape("ASIA", Chars.DIGIT | Chars.UPPER, 16, Test.EXACT, GONE),
            new Shape("ABIA", Chars.DIGIT | Chars.UPPER, 16, Test.EXACT, GONE),
            new Shape("ACCA", Chars.DIGIT | Chars.UPPER, 16, Test.EXACT, GONE),
            new Shape("IQoJb3JpZ2lu", Chars.CODE, 20, Test.ANY, GONE),
            new Shape("FwoGZXIvYXdz", Chars.CODE, 20, Test.ANY, GONE),
            new Shape("FQoGZXIvYXdz", Chars.CODE, 20, Test.ANY, GONE),
            new Shape("AIza", Chars.TOKEN, 30, Test.ANY, GONE),
            new Shape("ya29.", Chars.TOKEN | Chars.DOT, 16, Test.ANY, GONE),
            new Shape("GOCSPX-", Chars.TOKEN, 20, Test.ANY, GONE),
            new Shape("ghp_", Chars.WORD, 20, Test.ANY, GONE),
            new Shape("gho_", Chars.WORD, 20, Test.ANY, GONE),
            new Shape("ghu_", Chars.WORD, 20, Test.ANY, GONE),
            new Shape("ghs_", Chars.WORD, 20, Test.ANY, GONE),
            new Shape("ghr_", Chars.WORD, 20, Test.ANY, GONE),
            new Shape("github_pat_", Chars.WORD | Chars.UNDERSCORE, 20, Test.ANY, GONE),
            new Shape("glpat-", Chars.TOKEN, 16, Test.ANY, GONE),
            new Shape("xoxa-", Chars.TOKEN, 10, Test.CODED, GONE),
            new Shape("xoxb-", Chars.TOKEN, 10, Test.CODED, GONE),
            new Shape("xoxe-", Chars.TOKEN, 10, Test.CODED, GONE),
            new Shape("xoxp-", Chars.TOKEN, 10, Test.CODED, GONE),
            new Shape("xoxr-", Chars.TOKEN, 10, Test.CODED, GONE),
            new Shape("xoxs-", Chars.TOKEN, 10, Test.CODED, GONE),
            new Shape("xapp-", Chars.TOKEN, 10, Test.CODED, GONE),
            new Shape("xai-", Chars.TOKEN, 20, Test.CODED, GONE),
            new Shape("hf_", Chars.WORD, 20, Test.ANY, GONE),
            new Shape("gsk_", Chars.WORD, 20, Test.ANY, GONE),
            new Shape("pplx-", Chars.WORD, 20, Test.ANY, GONE),
            new Shape("r8_", Chars.WORD, 20, Test.ANY, GONE),
            new Shape("nvapi-", Chars.TOKEN, 20, Test.ANY, GONE),
            new Shape("csk-", Chars.WORD, 20, Test.CODED, GONE),
            new Shape("tvly-", Chars.TOKEN, 16, Test.CODED, GONE),
            new Shape("lsv2_", Chars.WORD | Chars.UNDERSCORE, 20, Test.CODED, GONE),
            new Shape("npm_", Chars.WORD, 30, Test.CODED, GONE),
            new Shape("SG.", Chars.TOKEN | Chars.DOT, 40, Test.CODED, GONE),
            new Shape("org-", Chars.WORD, 16, Test.ID, "org-" + GONE),
            new Shape("proj_", Chars.WORD, 16, Test.ID, "proj_" + GONE),
            new Shape("user-", Chars.WORD, 16, Test.ID, "user-" + GONE)));

    private Shapes() {}

    /** True if this stands for something that had to go. */
    static boolean isGone(String text) {
        int prefix = text.length() - GONE.length();
        return text.endsWith(GONE) && (prefix == 0 || PREFIXES.contains(text.substring(0, prefix)));
    }

    /** True if it was taken out before, when the length had to be kept. */
    static boolean isFiller(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) != 'x') {
                return false;
            }
        }
        return true;
    }

    /** Something as long as what it stands for, where lengths must not change. */
    static String filler(int length) {
        return "x".repeat(length);
    }

    /** Marks every shape in the text. */
    static void find(String text, Edits edits) {
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            int end = i + 1;
            List<Shape> shapes = c < 128 ? BY_FIRST[c] : null;
            if (shapes != null && isBeginning(text, i)) {
                end = Math.max(end, mark(text, i, shapes, edits));
            }
            i = end;
        }
    }

    /** A shape in the middle of a long code is chance: base64 that is safe for URLs has hyphens and underscores. */
    private static boolean isBeginning(String text, int at) {
        if (at == 0 || !Chars.is(text.charAt(at), Chars.WORD)) {
            return true;
        }
        char before = text.charAt(at - 1);
        if (Chars.is(before, Chars.WORD)) {
            return false;
        }
        return !Chars.is(before, Chars.DASH | Chars.UNDERSCORE)
                || at - Chars.begin(text, at, Chars.TOKEN, LONG_CODE) < LONG_CODE;
    }

    private static int mark(String text, int at, List<Shape> shapes, Edits edits) {
        for (Shape shape : shapes) {
            if (text.startsWith(shape.prefix, at)) {
                int end = Chars.end(text, at + shape.prefix.length(), shape.body);
                if (shape.holds(text, at + shape.prefix.length(), end)) {
                    edits.put(at, end, shape.with);
                    return end;
                }
            }
        }
        return Phrases.mark(text, at, edits);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of lists
    private static @Nullable List<Shape>[] byFirst(List<Shape> shapes) {
        @Nullable List<Shape>[] table = new List[128];
        for (char c : Phrases.FIRST.toCharArray()) {
            table[c] = new ArrayList<>();
        }
        for (Shape shape : shapes) {
            char first = shape.prefix.charAt(0);
            List<Shape> others = table[first] == null ? new ArrayList<>() : table[first];
            others.add(shape);
            table[first] = others;
        }
        return table;
    }

    private enum Test {
        ANY,
        EXACT,
        CODED,
        ID
    }

    private record Shape(String prefix, int body, int min, Test test, String with) {
        boolean holds(String text, int from, int to) {
            int length = to - from;
            if (length < min) {
                return false;
            }
            return switch (test) {
                case ANY -> true;
                case EXACT -> length == min && (to == text.length() || !Chars.is(text.charAt(to), Chars.WORD));
                case CODED -> Chars.has(text, from, to, Chars.DIGIT | Chars.UPPER) || length >= LONG_CODE;
                case ID ->
                    (to == text.length() || !Chars.is(text.charAt(to), Chars.TOKEN)) && Chars.isRandom(text, from, to);
            };
        }
    }
}
