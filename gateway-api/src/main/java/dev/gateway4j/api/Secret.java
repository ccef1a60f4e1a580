package dev.gateway4j.api;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The value of a key, with a name for logs. The value leaves only through {@link #reveal()}, which main code calls in one place; {@link
 * #toString()} shows the name. In memory it stands combined with random bytes, so a dump of the heap of an idle process does not show it.
 * Every secret of at least 8 characters registers itself with {@link SecretScanner#shared()} when it is made, so that recorder, logs and
 * ledger can find it; shorter ones, such as the {@code none} or {@code EMPTY} that local servers ask for, are accepted but not looked for.
 * Not serializable. Immutable and thread-safe.
 */
public final class Secret {
    private static final int MIN_LENGTH = 4;
    private static final int MAX_LENGTH = 4096;

    private final String alias;
    private final Masked value;

    private Secret(String alias, Masked value) {
        this.alias = alias;
        this.value = value;
    }

    /**
     * A secret with a name. Surrounding blanks and line ends of the value are dropped, since OkHttp would otherwise refuse the header and
     * print it.
     *
     * @param alias the name shown in logs
     * @param value what authenticates
     * @throws IllegalArgumentException if the value is shorter than 4 or longer than 4096 characters, or holds a character that cannot
     *     stand in a header; the message never shows the value
     */
    public static Secret of(String alias, String value) {
        char[] characters = value.toCharArray();
        try {
            return of(alias, characters);
        } finally {
            Arrays.fill(characters, '\0');
        }
    }

    /**
     * A secret with a name, from characters that the caller can wipe afterwards, which a string does not allow. Otherwise like {@link
     * #of(String, String)}.
     *
     * @param alias the name shown in logs
     * @param value what authenticates; neither kept nor changed
     * @throws IllegalArgumentException if the value is shorter than 4 or longer than 4096 characters, or holds a character that cannot
     *     stand in a header; the message never shows the value
     */
    public static Secret of(String alias, char[] value) {
        byte[] plain = checked(alias, value);
        try {
            Secret secret = new Secret(alias, Masked.of(plain));
            SecretScanner.shared().register(secret);
            return secret;
        } finally {
            Masked.wipe(plain);
        }
    }

    private static byte[] checked(String alias, char[] value) {
        int from = 0;
        int to = value.length;
        while (from < to && Character.isWhitespace(value[from])) {
            from++;
        }
        while (to > from && Character.isWhitespace(value[to - 1])) {
            to--;
        }
        if (to - from < MIN_LENGTH || to - from > MAX_LENGTH) {
            throw new IllegalArgumentException("secret \"" + alias + "\" has " + (to - from) + " characters; it needs "
                    + MIN_LENGTH + " to " + MAX_LENGTH);
        }
        byte[] plain = new byte[to - from];
        for (int i = 0; i < plain.length; i++) {
            char c = value[from + i];
            if (c <= ' ' || c >= 0x7f) {
                Masked.wipe(plain);
                throw new IllegalArgumentException("secret \"" + alias + "\" holds a character at position " + i
                        + " that cannot stand in a header; use visible ASCII");
            }
            plain[i] = (byte) c;
        }
        return plain;
    }

    /** The name shown in logs. */
    public String alias() {
        return alias;
    }

    /** The value itself. Called where a credential is put on a request that leaves, and nowhere else. */
    public String reveal() {
        byte[] plain = bytes();
        try {
            return new String(plain, StandardCharsets.US_ASCII);
        } finally {
            Masked.wipe(plain);
        }
    }

    /** A copy of the value, to be wiped; for scanner and fingerprint. */
    byte[] bytes() {
        return value.plain();
    }

    int length() {
        return value.length();
    }

    /** Two secrets are equal if their values are; names do not count. How long it takes does not tell where they differ. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && value.equals(that.value);
    }

    /** Another one in every process, so that it tells nothing about the value. */
    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "Secret[alias=" + alias + "]";
    }
}
