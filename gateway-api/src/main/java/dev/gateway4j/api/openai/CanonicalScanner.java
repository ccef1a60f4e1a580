package dev.gateway4j.api.openai;

import java.util.Arrays;

/**
 * Reads a document and writes it in one spelling, in one pass over its bytes and without recursion. Nothing is decoded that is not escaped,
 * which makes this several times as fast as a parser that hands out tokens.
 */
final class CanonicalScanner {
    private static final int ARRAY = -1;
    private static final int PLAIN_DIGITS = 21;

    private final byte[] in;
    private final int end;
    private final int maxDepth;
    private int at;

    /** As long as the rest of the input fits in it, nothing but a number makes it grow. */
    private final Bytes out;

    private final MemberStack members;

    /** For each open container, where its members begin in the stack of members. */
    private int[] frames = new int[16];

    private int depth;

    CanonicalScanner(byte[] json, int maxDepth) {
        this.in = json;
        this.at = Utf8.bom(json);
        this.end = json.length;
        this.maxDepth = maxDepth;
        this.out = new Bytes(end - at);
        this.members = new MemberStack(out);
    }

    static IllegalArgumentException malformed() {
        return new IllegalArgumentException("the document is not JSON");
    }

    CanonicalDocument document() {
        blanks();
        if (at == end) {
            throw new IllegalArgumentException("the document is empty");
        }
        boolean object = in[at] == '{';
        value();
        while (after()) {
            value();
        }
        return new CanonicalDocument(out, object ? members.outermost() : new int[0]);
    }

    /** Writes a value, or the beginning of one up to the first simple value in it. */
    private void value() {
        while (true) {
            switch (next()) {
                case '{' -> {
                    open(members.size());
                    if (next() == '}') {
                        return; // after() closes it
                    }
                    name();
                }
                case '[' -> {
                    open(ARRAY);
                    if (next() == ']') {
                        return;
                    }
                }
                case '"' -> {
                    at = CanonicalText.copy(in, at, end, out);
                    return;
                }
                case 't' -> {
                    literal("true");
                    return;
                }
                case 'f' -> {
                    literal("false");
                    return;
                }
                case 'n' -> {
                    literal("null");
                    return;
                }
                default -> {
                    number();
                    return;
                }
            }
        }
    }

    /** Goes on behind a value; answers whether another one follows. */
    private boolean after() {
        while (depth > 0) {
            byte c = next();
            boolean object = frames[depth - 1] != ARRAY;
            at++;
            if (c == ',') {
                out.array[out.length++] = ',';
                if (object) {
                    name();
                }
                return true;
            }
            if (c != (object ? '}' : ']')) {
                throw malformed();
            }
            close(object);
        }
        blanks();
        if (at < end) {
            throw new IllegalArgumentException("something follows the document");
        }
        return false;
    }

    /** The byte after blanks, which is not consumed. */
    private byte next() {
        blanks();
        if (at == end) {
            throw malformed();
        }
        return in[at];
    }

    private void blanks() {
        while (at < end && in[at] <= ' ' && (in[at] == ' ' || in[at] == '\n' || in[at] == '\r' || in[at] == '\t')) {
            at++;
        }
    }

    private void name() {
        if (next() != '"') {
            throw malformed();
        }
        int start = out.length;
        at = CanonicalText.copy(in, at, end, out);
        if (next() != ':') {
            throw malformed();
        }
        at++;
        out.array[out.length++] = ':';
        members.push(start);
    }

    private void open(int frame) {
        if (depth == maxDepth) {
            throw new IllegalArgumentException("the document is nested deeper than " + maxDepth);
        }
        if (depth == frames.length) {
            frames = Arrays.copyOf(frames, depth * 2);
        }
        frames[depth++] = frame;
        out.array[out.length++] = in[at++];
    }

    private void close(boolean object) {
        int frame = frames[--depth];
        if (object) {
            members.sortFrom(frame, depth == 0);
        }
        out.array[out.length++] = (byte) (object ? '}' : ']');
    }

    private void literal(String word) {
        if (end - at < word.length()) {
            throw malformed();
        }
        for (int i = 0; i < word.length(); i++) {
            if (in[at] != word.charAt(i)) {
                throw malformed();
            }
            out.array[out.length++] = in[at++];
        }
    }

    private void number() {
        int start = at;
        int first = in[start] == '-' ? start + 1 : start;
        int integer = digits(first);
        if (integer == first || (in[first] == '0' && integer > first + 1)) {
            throw malformed();
        }
        at = integer;
        if (at < end && in[at] == '.') {
            at = someDigits(at + 1);
        }
        if (at < end && (in[at] == 'e' || in[at] == 'E')) {
            boolean signed = at + 1 < end && (in[at + 1] == '+' || in[at + 1] == '-');
            at = someDigits(signed ? at + 2 : at + 1);
        }
        if (at == integer && integer - first <= PLAIN_DIGITS) {
            int from = in[first] == '0' ? first : start; // there is no negative zero
            System.arraycopy(in, from, out.array, out.length, at - from);
            out.length += at - from;
        } else {
            CanonicalNumber.write(out, in, start, at);
            out.ensure(end - at);
        }
    }

    private int someDigits(int from) {
        int to = digits(from);
        if (to == from) {
            throw malformed();
        }
        return to;
    }

    private int digits(int from) {
        int i = from;
        while (i < end && in[i] >= '0' && in[i] <= '9') {
            i++;
        }
        return i;
    }
}
