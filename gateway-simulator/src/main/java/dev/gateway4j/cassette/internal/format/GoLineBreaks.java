package dev.gateway4j.cassette.internal.format;

import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * Line breaks that only YAML 1.1 knows. Go's writer indents what follows U+0085, U+2028 or U+2029 in a block as it does after a newline,
 * and its reader takes that away again; to YAML 1.2 these blanks are part of the text.
 */
final class GoLineBreaks {
    private final String file;
    private int codePoints;
    private int chars;

    GoLineBreaks(String file) {
        this.file = file;
    }

    /** The text of a literal block as Go reads it, if Go wrote it; otherwise as it is. Blocks are asked in the order of the file. */
    String mended(ScalarEvent block) {
        String text = block.getValue();
        if (!has(text)) {
            return text;
        }
        int indent = indent(block);
        if (indent <= 0) {
            return text; // a file whose lines end otherwise, which Go did not write
        }
        StringBuilder mended = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            mended.append(c);
            if (isBreak(c) && i + 1 < text.length() && !isBreak(text.charAt(i + 1)) && text.charAt(i + 1) != '\n') {
                if (!text.startsWith(" ".repeat(indent), i + 1)) {
                    return text; // not Go's hand: it could not read this itself
                }
                i += indent;
            }
        }
        return mended.toString();
    }

    private static boolean has(String text) {
        return text.indexOf('\u2028') >= 0 || text.indexOf('\u2029') >= 0 || text.indexOf('\u0085') >= 0;
    }

    private static boolean isBreak(char c) {
        return c == '\u2028' || c == '\u2029' || c == '\u0085';
    }

    /** By how many blanks the block is indented: as many as its first line has more in the file than in the text. */
    private int indent(ScalarEvent block) {
        String text = block.getValue();
        int first = 0;
        while (first < text.length() && text.charAt(first) == '\n') {
            first++;
        }
        int line = file.indexOf('\n', start(block)) + 1;
        while (line > 0 && isBlankLine(line)) {
            line = file.indexOf('\n', line) + 1;
        }
        return blanks(file, line) - blanks(text, first);
    }

    private boolean isBlankLine(int line) {
        int end = line + blanks(file, line);
        return file.startsWith("\n", end) || file.startsWith("\r", end);
    }

    /** Where the block begins; marks count code points. */
    private int start(ScalarEvent block) {
        int index = block.getStartMark().map(Mark::getIndex).orElse(codePoints);
        chars = file.offsetByCodePoints(chars, index - codePoints);
        codePoints = index;
        return chars;
    }

    private static int blanks(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at - from;
    }
}
