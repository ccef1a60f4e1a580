package dev.gateway4j.cassette.internal.scrub;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Credentials that are known by the words around them. */
final class Phrases {
    /** What they begin with. */
    static final String FIRST = "eBb-:aph/";

    private static final int LONGEST_USER_INFO = 512;
    private static final int LONGEST_KEY = 16 << 10;
    private static final int LONGEST_HEAD = 300;
    private static final int SHORTEST_LINE = 32;

    private Phrases() {}

    /** Marks the phrase that begins here; where it ends, or a place before {@code at} if none does. */
    static int mark(String text, int at, Edits edits) {
        return switch (text.charAt(at)) {
            case 'e' -> token(text, at, edits);
            case 'B', 'b' -> scheme(text, at, edits);
            case '-' -> privateKey(text, at, edits);
            case ':' -> userInfo(text, at, edits);
            case 'a' -> account(text, at, edits);
            case 'p' -> project(text, at, edits);
            case '/' -> path(text, at, edits);
            default -> hook(text, at, edits);
        };
    }

    /** A JSON web token: three parts in base64 with dots between them, the last of which may be empty. */
    private static int token(String text, int at, Edits edits) {
        if (!text.startsWith("eyJ", at)) {
            return -1;
        }
        int header = Chars.end(text, at, Chars.TOKEN);
        if (header - at < 12 || !text.startsWith(".", header)) {
            return -1;
        }
        int claims = Chars.end(text, header + 1, Chars.TOKEN);
        if (claims - header < 9 || !text.startsWith(".", claims)) {
            return -1;
        }
        return gone(at, Chars.end(text, claims + 1, Chars.TOKEN | Chars.DOT), edits);
    }

    private static int scheme(String text, int at, Edits edits) {
        if (text.regionMatches(true, at, "bearer", 0, 6)) {
            int from = at + 6 + blanks(text, at + 6);
            int to = Chars.end(text, from, Chars.CREDENTIAL);
            boolean drawn = Chars.has(text, from, to, Chars.DIGIT) || Chars.isRandom(text, from, to);
            return from > at + 6 && to - from >= 12 && drawn ? gone(from, to, edits) : -1;
        }
        if (text.regionMatches(true, at, "basic", 0, 5)) {
            int from = at + 5 + blanks(text, at + 5);
            int to = Chars.end(text, from, Chars.CODE | Chars.EQUALS);
            return from > at + 5 && isUserAndPassword(text.substring(from, to)) ? gone(from, to, edits) : -1;
        }
        return -1;
    }

    private static int blanks(String text, int at) {
        int to = at;
        while (to < text.length() && to - at < 4 && (text.charAt(to) == ' ' || text.charAt(to) == '+')) {
            to++;
        }
        return to - at;
    }

    private static boolean isUserAndPassword(String code) {
        if (code.length() < 6) {
            return false;
        }
        try {
            String text = new String(Base64.getDecoder().decode(code), StandardCharsets.UTF_8);
            return text.indexOf(':') >= 0 && text.chars().noneMatch(c -> c < ' ' || c == 0xfffd);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static int privateKey(String text, int at, Edits edits) {
        if (!text.startsWith("-----BEGIN ", at)) {
            return -1;
        }
        int label = Chars.find(text, "PRIVATE KEY", at + 11, at + 60);
        int close = label < 0 ? -1 : closed(text, at, at + LONGEST_KEY);
        int letters = label < 0 ? -1 : letters(text, label + 11, close);
        if (letters < 0) {
            return -1;
        }
        int end = Chars.find(text, "-----END ", letters, close);
        int last = end < 0 ? -1 : Chars.find(text, "-----", end + 9, Math.min(end + 60, close));
        return gone(at, last < 0 ? unfinished(text, letters, close) : last + 5, edits);
    }

    /** Where the string ends in which this stands. */
    private static int closed(String text, int from, int most) {
        int to = from;
        int last = Math.min(text.length(), most);
        while (to < last && text.charAt(to) != '"') {
            to += text.charAt(to) == '\\' ? 2 : 1;
        }
        return Math.min(to, last);
    }

    /** Where a line of a key begins: so many letters in a row that they are no word. Without one there is only talk about keys. */
    private static int letters(String text, int from, int close) {
        int at = from;
        while (at < close && at - from < LONGEST_HEAD) {
            int to = Chars.end(text, at, Chars.WORD | Chars.SIGN);
            if (Math.min(to, close) - at >= SHORTEST_LINE) {
                return at;
            }
            at = Math.max(to, at + 1);
        }
        return -1;
    }

    /** Where the letters of a key end that was cut off. */
    private static int unfinished(String text, int from, int close) {
        int to = from;
        while (to < close) {
            char c = text.charAt(to);
            int slashes = to;
            while (slashes < close && text.charAt(slashes) == '\\') {
                slashes++;
            }
            boolean lineEnd = slashes > to && slashes < close && "nr".indexOf(text.charAt(slashes)) >= 0;
            if (!lineEnd && !Chars.is(c, Chars.CODE | Chars.EQUALS) && " \r\n".indexOf(c) < 0) {
                return to;
            }
            to = lineEnd ? slashes + 1 : to + 1;
        }
        return close;
    }

    /** The password of {@code scheme://user:password@host}. */
    private static int userInfo(String text, int at, Edits edits) {
        if (!text.startsWith("://", at)) {
            return -1;
        }
        int colon = -1;
        int most = Math.min(text.length(), at + LONGEST_USER_INFO);
        for (int i = at + 3; i < most; i++) {
            char c = text.charAt(i);
            if (c == '@') {
                boolean empty = colon < 0 || i - colon < 2 || isVariable(text, colon + 1, i);
                return empty ? -1 : gone(colon + 1, i, edits);
            }
            if (c <= ' ' || c > '~' || "/?#\"<>\\".indexOf(c) >= 0) {
                return -1;
            }
            colon = colon < 0 && c == ':' ? i : colon;
        }
        return -1;
    }

    private static boolean isVariable(String text, int from, int to) {
        return Chars.isPlaceholder(text.substring(from, to));
    }

    /** The account of {@code arn:aws:service:region:123456789012:thing}. */
    private static int account(String text, int at, Edits edits) {
        if (!text.startsWith("arn:aws", at)) {
            return -1;
        }
        int from = at;
        for (int colons = 0; colons < 4; colons++) {
            int colon = Chars.find(text, ":", from, at + 80);
            from = colon < 0 || Chars.find(text, "\"", from, colon) >= 0 ? 0 : colon + 1;
            if (from == 0) {
                return -1;
            }
        }
        int to = Chars.end(text, from, Chars.DIGIT);
        if (to - from == 12) {
            edits.put(from, to, "000000000000");
        }
        return to;
    }

    /** The project of {@code projects/NAME/locations/…}, as Google writes it. */
    private static int project(String text, int at, Edits edits) {
        if (!text.startsWith("projects/", at)) {
            return -1;
        }
        int to = Chars.end(text, at + 9, Chars.TOKEN);
        if (to > at + 9 && text.startsWith("/locations/", to)) {
            edits.put(at + 9, to, "project-" + Shapes.GONE);
        }
        return to;
    }

    /** The token of {@code /bot123456:TOKEN}, as Telegram writes it, or {@code /webhooks/ID/TOKEN}, as Discord does. */
    private static int path(String text, int at, Edits edits) {
        String hooks = "/webhooks/";
        boolean hook = text.startsWith(hooks, at);
        if (!hook && !text.startsWith("/bot", at)) {
            return -1;
        }
        int id = at + (hook ? hooks.length() : 4);
        int idEnd = Chars.end(text, id, Chars.DIGIT);
        int token = idEnd + 1;
        if (idEnd - id < 6 || !text.startsWith(hook ? "/" : ":", idEnd)) {
            return -1;
        }
        int end = Chars.end(text, token, Chars.TOKEN);
        return end - token < 30 ? -1 : gone(token, end, edits);
    }

    private static int hook(String text, int at, Edits edits) {
        String slack = "hooks.slack.com/services/";
        if (!text.startsWith(slack, at)) {
            return -1;
        }
        return gone(at + slack.length(), Chars.end(text, at + slack.length(), Chars.CODE), edits);
    }

    private static int gone(int from, int to, Edits edits) {
        edits.put(from, to, Shapes.GONE);
        return to;
    }
}
