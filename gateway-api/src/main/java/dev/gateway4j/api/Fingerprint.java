package dev.gateway4j.api;

import java.util.HexFormat;

/**
 * Names keys without showing them: the first 16 hexadecimal digits of HMAC-SHA-256 of the value, such as {@code 3f9a0c41d27be658}. Whoever
 * does not have the key of the fingerprints cannot confirm a guess. Thread-safe.
 */
public final class Fingerprint {
    private static final int MIN_KEY_LENGTH = 16;
    private static final int BYTES = 8;

    private final Secret key;

    private Fingerprint(Secret key) {
        this.key = key;
    }

    /**
     * Fingerprints under this key. The same secret has the same fingerprint wherever the key is the same.
     *
     * @throws IllegalArgumentException if the key has fewer than 16 characters
     */
    public static Fingerprint under(Secret key) {
        if (key.length() < MIN_KEY_LENGTH) {
            throw new IllegalArgumentException("the key of the fingerprints has " + key.length()
                    + " characters; it needs at least " + MIN_KEY_LENGTH);
        }
        return new Fingerprint(key);
    }

    /** The fingerprint of a secret: 16 hexadecimal digits, in lower case. */
    public String of(Secret secret) {
        byte[] under = key.bytes();
        byte[] value = secret.bytes();
        try {
            return HexFormat.of().formatHex(Hmac.sha256(under, value), 0, BYTES);
        } finally {
            Masked.wipe(under);
            Masked.wipe(value);
        }
    }

    @Override
    public String toString() {
        return "Fingerprint[key=" + key.alias() + "]";
    }
}
