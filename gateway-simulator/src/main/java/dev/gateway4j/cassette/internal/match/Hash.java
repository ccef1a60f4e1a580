package dev.gateway4j.cassette.internal.match;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Hashes of 64 bits, the same in every run. Good enough to find candidates by; never proof that two things are equal. */
final class Hash {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ODD = 0x9E3779B97F4A7C15L;

    private Hash() {}

    static long of(byte[] bytes) {
        long hash = bytes.length * ODD;
        int at = 0;
        for (; at + Long.BYTES <= bytes.length; at += Long.BYTES) {
            hash = step(hash, (long) LONGS.get(bytes, at));
        }
        long rest = 0;
        for (; at < bytes.length; at++) {
            rest = (rest << 8) | (bytes[at] & 0xFF);
        }
        return mixed(step(hash, rest));
    }

    static long of(String text) {
        long hash = text.length() * ODD;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
        }
        return mixed(hash);
    }

    /** Both, and which is which. */
    static long of(long first, long second) {
        return mixed(step(mixed(first), second));
    }

    private static long step(long hash, long value) {
        return Long.rotateLeft(hash ^ (value * 0xC2B2AE3D27D4EB4FL), 29) * ODD;
    }

    private static long mixed(long value) {
        long hash = (value ^ (value >>> 32)) * 0xD6E8FEB86659FD93L;
        hash = (hash ^ (hash >>> 32)) * 0xD6E8FEB86659FD93L;
        return hash ^ (hash >>> 32);
    }
}
