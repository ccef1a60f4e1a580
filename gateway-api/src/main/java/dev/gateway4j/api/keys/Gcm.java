package dev.gateway4j.api.keys;

import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-GCM with nonces of 96 bits and tags of 128 bits. */
final class Gcm {
    static final int KEY_BYTES = 32;
    static final int NONCE_BYTES = 12;
    static final int TAG_BYTES = 16;

    private Gcm() {}

    /** Cipher text and tag of a plain text, bound to a further text. */
    static byte[] seal(byte[] key, byte[] nonce, byte[] bound, byte[] plain) {
        try {
            return cipher(Cipher.ENCRYPT_MODE, key, nonce, bound).doFinal(plain);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES/GCM is missing from this Java", e);
        }
    }

    /** The plain text; empty if key, nonce, cipher text or the further text is another one. */
    static Optional<byte[]> open(byte[] key, byte[] nonce, byte[] bound, byte[] sealed) {
        try {
            return Optional.of(cipher(Cipher.DECRYPT_MODE, key, nonce, bound).doFinal(sealed));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES/GCM is missing from this Java", e);
        }
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce, byte[] bound) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(bound);
        return cipher;
    }
}
