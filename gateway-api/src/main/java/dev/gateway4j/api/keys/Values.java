package dev.gateway4j.api.keys;

import dev.gateway4j.api.Secret;
import java.util.Arrays;

/** Values of keys between bytes and secrets, without a string that nobody can wipe. */
final class Values {
    private Values() {}

    static Secret secret(String alias, byte[] plain) {
        char[] characters = new char[plain.length];
        try {
            for (int i = 0; i < plain.length; i++) {
                characters[i] = (char) (plain[i] & 0xff);
            }
            return Secret.of(alias, characters);
        } finally {
            Arrays.fill(characters, '\0');
        }
    }

    /** The bytes of what can be a secret, to be wiped; the scanner knows the value from now on. */
    static byte[] checked(String alias, char[] value) {
        Secret.of(alias, value);
        int from = 0;
        int to = value.length;
        while (Character.isWhitespace(value[from])) {
            from++;
        }
        while (Character.isWhitespace(value[to - 1])) {
            to--;
        }
        byte[] plain = new byte[to - from];
        for (int i = 0; i < plain.length; i++) {
            plain[i] = (byte) value[from + i];
        }
        return plain;
    }
}
