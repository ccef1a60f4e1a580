package dev.gateway4j.simulator.internal.chance;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * 128 bits that stand for a request or a text: equal content, equal fingerprint, on every machine. Not cryptographic.
 *
 * @param high one half
 * @param low the other half
 */
public record Fingerprint(long high, long low) {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** The fingerprint of a request. */
    public static Fingerprint of(String method, String target, byte[] body) {
        return of(of(method, target), body);
    }

    /** The fingerprint of two texts, of which neither can run into the other. */
    public static Fingerprint of(String first, String second) {
        Fingerprint begun = mixed(0x6a09e667f3bcc908L, 0xbb67ae8584caa73bL, first);
        return mixed(begun.high, begun.low, second);
    }

    private static Fingerprint of(Fingerprint begun, byte[] bytes) {
        long high = begun.high;
        long low = begun.low;
        int i = 0;
        for (; i + Long.BYTES <= bytes.length; i += Long.BYTES) {
            long lane = (long) LONGS.get(bytes, i);
            high = Mix.fold(high ^ lane);
            low = Mix.turn(low, lane);
        }
        long rest = 0;
        for (; i < bytes.length; i++) {
            rest = rest << Byte.SIZE | (bytes[i] & 0xff);
        }
        return end(high, low, rest, bytes.length);
    }

    private static Fingerprint mixed(long high, long low, String text) {
        long a = high;
        long b = low;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            a = (a ^ c) * 0x9e3779b97f4a7c15L;
            a ^= a >>> 29;
            b = Mix.turn(b, c);
        }
        return end(a, b, 0, text.length());
    }

    private static Fingerprint end(long high, long low, long rest, int length) {
        long a = Mix.fold(high ^ rest) + length;
        long b = Mix.turn(low, rest) ^ length;
        return new Fingerprint(Mix.fold(a ^ Long.rotateLeft(b, 17)), Mix.fold(b + 0x3c6ef372fe94f82bL));
    }
}
