package dev.gateway4j.api.keys;

import java.security.SecureRandom;

/** Keys, salts and nonces. They are drawn here alone, and no seed may be given: what can be foreseen protects nothing. */
final class Entropy {
    private static final SecureRandom CHANCE = new SecureRandom();

    private Entropy() {}

    static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        CHANCE.nextBytes(bytes);
        return bytes;
    }
}
