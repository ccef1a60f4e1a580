package dev.gateway4j.api.keys;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Derives the key of one password, salt and number of iterations once, and counts how often it had to. */
final class CachedDerivation implements Derivation {
    private final Map<List<Object>, byte[]> known = new HashMap<>();
    private int asked;

    @Override
    public byte[] key(char[] password, byte[] salt, int iterations) {
        asked++;
        return known.computeIfAbsent(
                        List.of(new String(password), Arrays.toString(salt), iterations),
                        wanted -> PBKDF2.key(password, salt, iterations))
                .clone();
    }

    int asked() {
        return asked;
    }
}
