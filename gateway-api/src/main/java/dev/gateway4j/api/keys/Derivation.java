package dev.gateway4j.api.keys;

import java.security.GeneralSecurityException;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** How a password becomes the key that wraps the data key. */
@FunctionalInterface
interface Derivation {
    String NAME = "PBKDF2WithHmacSHA256";
    int SALT_BYTES = 16;
    int DEFAULT_ITERATIONS = 600_000;
    /** Fewer would be guessed too fast; more would let a file keep a processor busy for long. */
    int MIN_ITERATIONS = 100_000;

    int MAX_ITERATIONS = 10_000_000;

    Derivation PBKDF2 = Derivation::pbkdf2;

    /** A key of 256 bits, to be wiped. */
    byte[] key(char[] password, byte[] salt, int iterations);

    private static byte[] pbkdf2(char[] password, byte[] salt, int iterations) {
        PBEKeySpec spec = new PBEKeySpec(password, salt, iterations, Gcm.KEY_BYTES * Byte.SIZE);
        try {
            return SecretKeyFactory.getInstance(NAME).generateSecret(spec).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(NAME + " is missing from this Java", e);
        } finally {
            spec.clearPassword();
        }
    }
}
