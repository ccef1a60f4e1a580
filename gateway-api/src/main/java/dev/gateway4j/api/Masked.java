package dev.gateway4j.api;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Bytes that stand in memory only combined with a random pad of their own, so that a dump of the heap does not show them. Whoever wants them
 * gets a copy and wipes it. Chance is asked here because a pad that can be foreseen hides nothing. Immutable and thread-safe.
 */
final class Masked {
    private static final SecureRandom CHANCE = new SecureRandom();
    private static final byte[] HASH_KEY = random(32);

    private final byte[] masked;
    private final byte[] pad;
    private final int hash;

    private Masked(byte[] masked, byte[] pad, int hash) {
        this.masked = masked;
        this.pad = pad;
        this.hash = hash;
    }

    /** Hides a copy of these bytes; the caller wipes its own. */
    static Masked of(byte[] plain) {
        byte[] pad = random(plain.length);
        byte[] masked = new byte[plain.length];
        for (int i = 0; i < plain.length; i++) {
            masked[i] = (byte) (plain[i] ^ pad[i]);
        }
        // Under a key that lives as long as the process: a plain hash could be compared with those of guesses.
        return new Masked(
                masked, pad, ByteBuffer.wrap(Hmac.sha256(HASH_KEY, plain)).getInt());
    }

    int length() {
        return masked.length;
    }

    /** A copy, to be wiped. */
    byte[] plain() {
        byte[] plain = new byte[masked.length];
        for (int i = 0; i < plain.length; i++) {
            plain[i] = (byte) (masked[i] ^ pad[i]);
        }
        return plain;
    }

    /** True if these bytes stand in others at this place; never makes a copy. */
    boolean standsAt(byte[] hay, int at) {
        if (masked.length > hay.length - at) {
            return false;
        }
        for (int i = 0; i < masked.length; i++) {
            if ((byte) (masked[i] ^ pad[i]) != hay[at + i]) {
                return false;
            }
        }
        return true;
    }

    /** Takes the same time wherever two of one length differ. */
    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Masked that) || masked.length != that.masked.length) {
            return false;
        }
        int difference = 0;
        for (int i = 0; i < masked.length; i++) {
            difference |= masked[i] ^ pad[i] ^ that.masked[i] ^ that.pad[i];
        }
        return difference == 0;
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return "Masked[" + masked.length + "]";
    }

    static void wipe(byte[] plain) {
        Arrays.fill(plain, (byte) 0);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        CHANCE.nextBytes(bytes);
        return bytes;
    }
}
