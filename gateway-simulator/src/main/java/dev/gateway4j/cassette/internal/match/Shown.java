package dev.gateway4j.cassette.internal.match;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.api.SecretScanner;
import dev.gateway4j.api.openai.Redaction;
import java.util.Map;

/** Values as they may be shown: short, in one line, without secrets. */
final class Shown {
    private static final int WIDTH = 60;
    private static final int BEFORE = 20;
    private static final int AROUND = 400;
    private static final int SCANNED = 100_000;

    private final StringBuilder out = new StringBuilder();

    private Shown() {}

    /**
     * Two texts, each around the first place where they differ.
     *
     * @param recorded one of them, quoted
     * @param asked the other, quoted
     */
    record Pair(String recorded, String asked) {}

    static Pair texts(String recorded, String asked) {
        int differs = common(recorded, asked);
        int from = Math.max(0, differs - AROUND);
        // Secrets are taken out before anything is cut, since the rest of one looks like nothing.
        String before = clean(recorded, from);
        String after = clean(asked, from);
        int at = common(before, after);
        return new Pair(quoted(before, at, from > 0), quoted(after, at, from > 0));
    }

    /** A text from its beginning, quoted. */
    static String text(String text) {
        return quoted(clean(text, 0), 0, false);
    }

    /** A value as JSON. */
    static String value(JsonNode value) {
        if (value.isTextual()) {
            return text(value.textValue());
        }
        if (value.isValueNode()) {
            return shortened(value.toString());
        }
        Shown shown = new Shown();
        shown.write(value);
        return shortened(shown.out.toString());
    }

    /** The name of a place. */
    static String place(String place) {
        return Redaction.text(place);
    }

    private static String clean(String text, int from) {
        String known = text.length() <= SCANNED ? SecretScanner.shared().scrub(text) : text;
        int start = Math.min(from, known.length());
        return Redaction.text(known.substring(start, Math.min(known.length(), start + 2 * AROUND + WIDTH)));
    }

    private static int common(String a, String b) {
        int most = Math.min(a.length(), b.length());
        int at = 0;
        while (at < most && a.charAt(at) == b.charAt(at)) {
            at++;
        }
        return at;
    }

    private static String quoted(String text, int at, boolean cut) {
        int from = text.length() <= WIDTH ? 0 : Math.max(0, Math.min(at - BEFORE, text.length() - WIDTH));
        int to = Math.min(text.length(), from + WIDTH);
        if (from > 0 && Character.isLowSurrogate(text.charAt(from))) {
            from++;
        }
        if (to < text.length() && Character.isLowSurrogate(text.charAt(to))) {
            to--;
        }
        String before = from > 0 || cut ? "…" : "";
        String after = to < text.length() ? "…" : "";
        return '"' + before + escaped(text.substring(from, to)) + after + '"';
    }

    private static String shortened(String text) {
        String clean = Redaction.text(text);
        return clean.length() <= WIDTH ? clean : clean.substring(0, WIDTH - 1) + "…";
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                case '\t' -> escaped.append("\\t");
                case '"', '\\' -> escaped.append('\\').append(c);
                default -> {
                    boolean half = Character.isSurrogate(c) && !paired(text, i);
                    escaped.append(Character.isISOControl(c) || half ? '?' : c);
                }
            }
        }
        return escaped.toString();
    }

    private static boolean paired(String text, int at) {
        return (at + 1 < text.length() && Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1)))
                || (at > 0 && Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at)));
    }

    /** Writes until there is enough. */
    private void write(JsonNode value) {
        if (out.length() > WIDTH) {
            return;
        }
        if (value.isObject()) {
            out.append('{');
            String comma = "";
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                if (out.length() > WIDTH) {
                    break;
                }
                out.append(comma).append(text(field.getKey())).append(':');
                write(field.getValue());
                comma = ",";
            }
            out.append('}');
        } else if (value.isArray()) {
            out.append('[');
            String comma = "";
            for (JsonNode item : value) {
                if (out.length() > WIDTH) {
                    break;
                }
                out.append(comma);
                write(item);
                comma = ",";
            }
            out.append(']');
        } else {
            out.append(value.isTextual() ? text(value.textValue()) : value.toString());
        }
    }
}
