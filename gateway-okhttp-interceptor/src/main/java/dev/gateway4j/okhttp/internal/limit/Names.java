package dev.gateway4j.okhttp.internal.limit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Names that callers choose, as keys of what is remembered. A call may bring megabytes of them; what is remembered stays small. */
final class Names {
    /** The most characters of a name that is kept as it is. */
    static final int LONGEST = 256;

    private static final int KEPT = 191;

    /** A part of a path with a digit in it, but for the version. */
    private static final Pattern ID = Pattern.compile("/(?!v\\d+/)[^/\\d]*+\\d[^/]*+");

    private Names() {}

    /** The name itself, or its beginning and its hash where it is longer than {@link #LONGEST}, so that two names do not become one. */
    static String bounded(String name) {
        return name.length() <= LONGEST ? name : name.substring(0, KEPT) + "#" + hash(name);
    }

    /** The endpoint without the ids in it: {@code /v1/uploads/*}{@code /parts} for every upload. */
    static String ofEndpoint(String endpoint) {
        return ID.matcher(endpoint).replaceAll("/*");
    }

    private static String hash(String name) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
