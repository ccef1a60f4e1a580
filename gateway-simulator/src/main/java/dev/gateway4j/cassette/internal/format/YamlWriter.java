package dev.gateway4j.cassette.internal.format;

import java.util.List;
import java.util.Map;

/** Writes YAML as Go does: four blanks, lists indented under their key, texts of several lines in literal blocks, no line folded. */
final class YamlWriter {
    private static final int STEP = 4;
    private static final int LONGEST_SIMPLE_KEY = 128;

    private final StringBuilder out = new StringBuilder(1024);

    /** The column of what stands inside a collection of this column. */
    static int inside(int column) {
        return STEP * ((column + STEP) / STEP);
    }

    /** Anything, as it is. */
    YamlWriter raw(String text) {
        out.append(text);
        return this;
    }

    /** A name and its colon. */
    YamlWriter key(int column, String name) {
        return pad(column).key(name);
    }

    /** The same in a line that is indented already. */
    YamlWriter key(String name) {
        if (name.length() > LONGEST_SIMPLE_KEY) { // a form that is no form, such as JSON, is one long name to Go
            int column = out.length() - out.lastIndexOf("\n") - 1;
            out.append("? ").append(Scalars.inline(name)).append('\n');
            return pad(column).raw(":");
        }
        out.append(Scalars.inline(name)).append(':');
        return this;
    }

    /** A number or the like after its key. */
    YamlWriter plain(String value) {
        out.append(' ').append(value).append('\n');
        return this;
    }

    /** A text after its key or its hyphen, which stands in a collection of this column. */
    YamlWriter text(int column, String text) {
        if (!Scalars.fitsBlock(text)) {
            return plain(Scalars.inline(text));
        }
        out.append(" |");
        return block(column, text);
    }

    /** A text that must not pass for anything else. */
    YamlWriter quoted(int column, String text) {
        return Scalars.fitsBlock(text) ? text(column, text) : plain(Scalars.doubleQuoted(text));
    }

    /** Bytes. */
    YamlWriter binary(int column, byte[] bytes) {
        String base64 = Base64Lines.encode(bytes);
        out.append(" !!binary");
        if (base64.indexOf('\n') < 0) {
            return plain(base64);
        }
        out.append(" |");
        return block(column, base64);
    }

    /** A list of texts after its key. */
    YamlWriter texts(int column, List<String> texts) {
        if (texts.isEmpty()) {
            return plain("[]");
        }
        out.append('\n');
        int inside = inside(column);
        for (String text : texts) {
            pad(inside).raw("-").text(inside, text);
        }
        return this;
    }

    /** A map of lists of texts after its key. */
    YamlWriter lists(int column, Map<String, List<String>> lists) {
        if (lists.isEmpty()) {
            return plain("{}");
        }
        out.append('\n');
        int inside = inside(column);
        lists.forEach((name, texts) -> key(inside, name).texts(inside, texts));
        return this;
    }

    YamlWriter pad(int column) {
        for (int i = 0; i < column; i++) {
            out.append(' ');
        }
        return this;
    }

    private YamlWriter block(int column, String text) {
        int inside = inside(column);
        char first = text.charAt(0);
        if (first == ' ' || first == '\n' || first == '\t') {
            // Otherwise a reader takes the text's own blanks for indentation, or refuses a tab where it looks for it.
            out.append(inside - column);
        }
        out.append(chomping(text)).append('\n');
        int end = text.endsWith("\n") ? text.length() : text.length() + 1;
        for (int from = 0; from < end; ) {
            int newline = text.indexOf('\n', from);
            int to = newline < 0 ? text.length() : newline;
            if (to > from) {
                pad(inside).out.append(text, from, to);
            }
            out.append('\n');
            from = to + 1;
        }
        return this;
    }

    private static String chomping(String text) {
        if (!text.endsWith("\n")) {
            return "-";
        }
        return text.length() == 1 || text.endsWith("\n\n") ? "+" : "";
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
