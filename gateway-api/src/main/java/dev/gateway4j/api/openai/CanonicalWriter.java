package dev.gateway4j.api.openai;

import java.util.Arrays;

/** Writes canonical JSON into memory. */
final class CanonicalWriter {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final Bytes out;

    CanonicalWriter(int size) {
        out = new Bytes(size + 16);
    }

    int length() {
        return out.length;
    }

    int capacity() {
        return out.array.length;
    }

    byte[] toByteArray() {
        return out.length == out.array.length ? out.array : Arrays.copyOf(out.array, out.length);
    }

    void append(char ascii) {
        out.append(ascii);
    }

    void ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            out.append(text.charAt(i));
        }
    }

    void ascii(char[] text, int offset, int length) {
        out.ensure(length);
        for (int i = offset; i < offset + length; i++) {
            out.array[out.length++] = (byte) text[i];
        }
    }

    void copy(int from, byte[] target, int at, int count) {
        System.arraycopy(out.array, from, target, at, count);
    }

    void overwrite(int at, byte[] source, int count) {
        System.arraycopy(source, 0, out.array, at, count);
    }

    void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isPlain(c)) {
                out.append(c);
            } else if (c < 0x80) {
                escape(c);
            } else if (Character.isHighSurrogate(c) && i + 1 < text.length() && pairs(c, text.charAt(i + 1))) {
                pair(c, text.charAt(++i));
            } else {
                wide(c);
            }
        }
        out.append('"');
    }

    void string(char[] text, int offset, int length) {
        out.ensure(length + 2);
        out.append('"');
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            int plain = plainRun(text, i, end);
            if (plain > i) {
                ascii(text, i, plain - i);
                i = plain - 1;
            } else if (text[i] < 0x80) {
                escape(text[i]);
            } else if (Character.isHighSurrogate(text[i]) && i + 1 < end && pairs(text[i], text[i + 1])) {
                pair(text[i], text[++i]);
            } else {
                wide(text[i]);
            }
        }
        out.append('"');
    }

    private static int plainRun(char[] text, int from, int end) {
        int at = from;
        while (at < end && isPlain(text[at])) {
            at++;
        }
        return at;
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c < 0x80 && c != '"' && c != '\\';
    }

    private static boolean pairs(char high, char low) {
        return Character.isHighSurrogate(high) && Character.isLowSurrogate(low);
    }

    private void escape(char c) {
        out.append('\\');
        switch (c) {
            case '"', '\\' -> out.append(c);
            case '\b' -> out.append('b');
            case '\f' -> out.append('f');
            case '\n' -> out.append('n');
            case '\r' -> out.append('r');
            case '\t' -> out.append('t');
            default -> hex(c);
        }
    }

    private void hex(char c) {
        out.append('u');
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(HEX[(c >> shift) & 0xF]);
        }
    }

    private void pair(char high, char low) {
        int point = Character.toCodePoint(high, low);
        out.append(0xF0 | (point >> 18));
        out.append(0x80 | ((point >> 12) & 0x3F));
        out.append(0x80 | ((point >> 6) & 0x3F));
        out.append(0x80 | (point & 0x3F));
    }

    private void wide(char c) {
        if (Character.isSurrogate(c)) {
            out.append('\\'); // half a pair has no UTF-8
            hex(c);
        } else if (c < 0x800) {
            out.append(0xC0 | (c >> 6));
            out.append(0x80 | (c & 0x3F));
        } else {
            out.append(0xE0 | (c >> 12));
            out.append(0x80 | ((c >> 6) & 0x3F));
            out.append(0x80 | (c & 0x3F));
        }
    }
}
