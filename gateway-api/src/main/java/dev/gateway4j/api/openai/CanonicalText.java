package dev.gateway4j.api.openai;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Copies the strings of a document in their shortest spelling. Plain text is copied eight bytes at a time and never decoded. */
final class CanonicalText {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long BLANKS = ONES * ' ';
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    private static final int ESCAPED_UNIT = 6;
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private CanonicalText() {}

    /**
     * Copies a string. The output must have room for as many bytes as are left of the input, for no spelling is shorter than the one that is
     * written.
     *
     * @param from where its opening quote is
     * @return where it ends
     */
    static int copy(byte[] in, int from, int end, Bytes out) {
        byte[] to = out.array;
        int i = from + 1;
        int o = out.length;
        to[o++] = '"';
        while (true) {
            int plain = run(in, i, end, to, o);
            i += plain;
            o += plain;
            if (i == end) {
                throw CanonicalScanner.malformed();
            }
            if (in[i] == '"') {
                to[o++] = '"';
                out.length = o;
                return i + 1;
            }
            out.length = o;
            i = escape(in, i, end, out);
            o = out.length;
        }
    }

    /** Copies what needs no escape; answers how much that was. May leave more behind it, which is overwritten. */
    private static int run(byte[] in, int from, int end, byte[] to, int at) {
        int i = from;
        int o = at;
        for (; i + Long.BYTES <= end; i += Long.BYTES, o += Long.BYTES) {
            long word = (long) LONGS.get(in, i);
            LONGS.set(to, o, word);
            long special = special(word);
            if (special != 0) {
                return i - from + (Long.numberOfTrailingZeros(special) >>> 3);
            }
        }
        while (i < end && isPlain(in[i])) {
            to[o++] = in[i++];
        }
        return i - from;
    }

    /** The high bit of the first byte that is not plain, and perhaps of bytes after it. */
    private static long special(long word) {
        long quote = word ^ QUOTES;
        long backslash = word ^ BACKSLASHES;
        return (((word - BLANKS) & ~word) | ((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash)) & HIGH_BITS;
    }

    private static boolean isPlain(byte b) {
        return b < 0 || (b >= ' ' && b != '"' && b != '\\');
    }

    private static int escape(byte[] in, int from, int end, Bytes out) {
        if (in[from] != '\\' || from + 1 == end) {
            throw CanonicalScanner.malformed();
        }
        byte escaped = in[from + 1];
        switch (escaped) {
            case '"', '\\', 'b', 'f', 'n', 'r', 't' -> {
                out.append('\\');
                out.append(escaped);
            }
            case '/' -> out.append('/');
            case 'u' -> {
                return units(in, from, end, out);
            }
            default -> throw CanonicalScanner.malformed();
        }
        return from + 2;
    }

    private static int units(byte[] in, int from, int end, Bytes out) {
        char unit = unit(in, from, end);
        int next = from + ESCAPED_UNIT;
        if (Character.isHighSurrogate(unit) && next + 1 < end && in[next] == '\\' && in[next + 1] == 'u') {
            char low = unit(in, next, end);
            if (Character.isLowSurrogate(low)) {
                pair(unit, low, out);
                return next + ESCAPED_UNIT;
            }
        }
        write(unit, out);
        return next;
    }

    private static char unit(byte[] in, int from, int end) {
        if (from + ESCAPED_UNIT > end) {
            throw CanonicalScanner.malformed();
        }
        int unit = 0;
        for (int i = from + 2; i < from + ESCAPED_UNIT; i++) {
            int digit = in[i] < 0 ? -1 : Character.digit(in[i], 16);
            if (digit < 0) {
                throw CanonicalScanner.malformed();
            }
            unit = unit << 4 | digit;
        }
        return (char) unit;
    }

    private static void write(char c, Bytes out) {
        if (c >= 0x80) {
            wide(c, out);
            return;
        }
        switch (c) {
            case '"', '\\' -> escape(c, out);
            case '\b' -> escape('b', out);
            case '\f' -> escape('f', out);
            case '\n' -> escape('n', out);
            case '\r' -> escape('r', out);
            case '\t' -> escape('t', out);
            default -> {
                if (c < ' ') {
                    hex(c, out);
                } else {
                    out.append(c);
                }
            }
        }
    }

    private static void escape(char c, Bytes out) {
        out.append('\\');
        out.append(c);
    }

    private static void hex(char c, Bytes out) {
        escape('u', out);
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(HEX[(c >> shift) & 0xF]);
        }
    }

    private static void pair(char high, char low, Bytes out) {
        int point = Character.toCodePoint(high, low);
        out.append(0xF0 | (point >> 18));
        out.append(0x80 | ((point >> 12) & 0x3F));
        out.append(0x80 | ((point >> 6) & 0x3F));
        out.append(0x80 | (point & 0x3F));
    }

    private static void wide(char c, Bytes out) {
        if (Character.isSurrogate(c)) {
            hex(c, out); // half a pair has no UTF-8
        } else if (c < 0x800) {
            out.append(0xC0 | (c >> 6));
            out.append(0x80 | (c & 0x3F));
        } else {
            out.append(0xE0 | (c >> 12));
            out.append(0x80 | ((c >> 6) & 0x3F));
            out.append(0x80 | (c & 0x3F));
        }
    }

    /** True if these bytes, taken from between quotes, stand for themselves: ASCII without escapes. */
    static boolean isSimple(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] < 0 || bytes[i] == '\\') {
                return false;
            }
        }
        return true;
    }

    /** The text of a string in canonical spelling, given without its quotes. */
    static String decode(byte[] bytes, int from, int to) {
        StringBuilder text = new StringBuilder(to - from);
        int at = from;
        while (at < to) {
            int plain = at;
            while (plain < to && bytes[plain] != '\\') {
                plain++;
            }
            text.append(new String(bytes, at, plain - at, StandardCharsets.UTF_8));
            at = plain;
            if (at < to) {
                at = decodeEscape(bytes, at, to, text);
            }
        }
        return text.toString();
    }

    private static int decodeEscape(byte[] bytes, int from, int to, StringBuilder text) {
        byte escaped = bytes[from + 1];
        switch (escaped) {
            case 'b' -> text.append('\b');
            case 'f' -> text.append('\f');
            case 'n' -> text.append('\n');
            case 'r' -> text.append('\r');
            case 't' -> text.append('\t');
            case 'u' -> {
                text.append(unit(bytes, from, to));
                return from + ESCAPED_UNIT;
            }
            default -> text.append((char) escaped);
        }
        return from + 2;
    }
}
