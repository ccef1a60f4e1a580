package dev.gateway4j.api;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The value of a key, with a name for logs. The value leaves only through {@link #reveal()}, which main code calls in one place; {@link
 * #toString()} shows the name. Every secret of at least 8 characters registers itself with {@link SecretScanner#shared()} when it is made,
 * so that recorder, logs and ledger can find it; shorter ones, such as the {@code none} or {@code EMPTY} that local servers ask for, are
 * accepted but not looked for. Immutable and thread-safe.
 */
public final class Secret {
    private static final int MIN_LENGTH = 4;
    private static final int MAX_LENGTH = 4096;

    private final String alias;
    private final byte[] value;

    private Secret(String alias, byte[] value) {
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
        String trimmed = value.strip();
        if (trimmed.length() < MIN_LENGTH || trimmed.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("secret \"" + alias + "\" has " + trimmed.length()
                    + " characters; it needs " + MIN_LENGTH + " to " + MAX_LENGTH);
        }
        for (int i = 0; i < trimmed.length(); i++) {
            char c = trimmed.charAt(i);
            if (c <= ' ' || c >= 0x7f) {
                throw new IllegalArgumentException("secret \"" + alias + "\" holds a character at position " + i
                        + " that cannot stand in a header; use visible ASCII");
            }
        }
        Secret secret = new Secret(alias, trimmed.getBytes(StandardCharsets.US_ASCII));
        SecretScanner.shared().register(secret);
        return secret;
    }

    /** The name shown in logs. */
    public String alias() {
        return alias;
    }

    /** The value itself. Called where a credential is put on a request that leaves, and nowhere else. */
    public String reveal() {
        return new String(value, StandardCharsets.US_ASCII);
    }

    /** The bytes to look for; package-private, for the scanner. */
    byte[] bytes() {
        return value;
    }

    /** Two secrets are equal if their values are; names do not count. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && java.security.MessageDigest.isEqual(value, that.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return "Secret[alias=" + alias + "]";
    }
}
