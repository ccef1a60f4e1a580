package dev.gateway4j.cassette.internal.match;

import java.util.Arrays;

/** Bytes that are being written. */
final class Bytes {
    /** Ends a text; no byte of one has this value. */
    private static final int END = 0xFF;

    private byte[] bytes;
    private int length;

    Bytes(int capacity) {
        bytes = new byte[Math.max(capacity, 64)];
    }

    int length() {
        return length;
    }

    void cutTo(int shorter) {
        length = shorter;
    }

    void put(int value) {
        room(1);
        bytes[length++] = (byte) value;
    }

    void put(long value) {
        room(Long.BYTES);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (value >>> shift);
        }
    }

    void put(byte[] source, int from, int to) {
        room(to - from);
        System.arraycopy(source, from, bytes, length, to - from);
        length += to - from;
    }

    /** Each unit of UTF-16 by itself, so that halves of surrogate pairs stay what they are. */
    void text(char[] chars, int from, int count) {
        room(3 * (long) count + 1);
        for (int i = from; i < from + count; i++) {
            unit(chars[i]);
        }
        bytes[length++] = (byte) END;
    }

    void text(String text) {
        room(3 * (long) text.length() + 1);
        for (int i = 0; i < text.length(); i++) {
            unit(text.charAt(i));
        }
        bytes[length++] = (byte) END;
    }

    byte[] from(int start) {
        return Arrays.copyOfRange(bytes, start, length);
    }

    private void unit(char c) {
        if (c < 0x80) {
            bytes[length++] = (byte) c;
        } else if (c < 0x800) {
            bytes[length++] = (byte) (0xC0 | (c >> 6));
            bytes[length++] = (byte) (0x80 | (c & 0x3F));
        } else {
            bytes[length++] = (byte) (0xE0 | (c >> 12));
            bytes[length++] = (byte) (0x80 | ((c >> 6) & 0x3F));
            bytes[length++] = (byte) (0x80 | (c & 0x3F));
        }
    }

    private void room(long more) {
        if (more > bytes.length - length) {
            long wanted = Math.max(length + more, 2L * bytes.length);
            bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, Integer.MAX_VALUE - 8));
        }
    }
}
