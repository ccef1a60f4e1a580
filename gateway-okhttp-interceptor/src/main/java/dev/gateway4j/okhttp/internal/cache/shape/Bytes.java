package dev.gateway4j.okhttp.internal.cache.shape;

import java.util.Arrays;

/** Looks for bytes in bytes. */
final class Bytes {
    private Bytes() {}

    static boolean regionEquals(byte[] bytes, int from, int to, byte[] other) {
        return Arrays.equals(bytes, from, to, other, 0, other.length);
    }

    /** Where the part begins; -1 if it is not there. */
    static int indexOf(byte[] bytes, int from, int to, byte[] part) {
        byte first = part[0];
        for (int i = from; i <= to - part.length; i++) {
            if (bytes[i] == first && regionEquals(bytes, i, i + part.length, part)) {
                return i;
            }
        }
        return -1;
    }
}
