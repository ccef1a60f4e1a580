package dev.gateway4j.api.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a sealed file holds, and its text. There is one text for one content, to the byte: the seal stands for the text, so nothing that
 * could be written in two ways may be accepted in both. The salt is in base64. Immutable.
 */
record SealedFile(int iterations, String salt, Sealed dataKey, List<Entry> entries, Sealed seal) {
    static final int MAX_BYTES = 1 << 20;
    static final int MAX_ENTRIES = 1000;
    private static final String FORMAT = "gateway4j-sealed-keys";
    private static final String VERSION = "1";
    private static final String TEXT = "\"([A-Za-z0-9._:+/=-]{0,8192})\"";

    private static final Pattern HEAD = Pattern.compile("\\{\n  \"format\": \"" + FORMAT + "\",\n  \"version\": "
            + VERSION
            + ",\n  \"kdf\": \\{\"name\": \"" + Derivation.NAME + "\", \"iterations\": ([0-9]{6,8}), \"salt\": " + TEXT
            + "},\n  \"data_key\": \\{\"nonce\": " + TEXT + ", \"wrapped\": " + TEXT + "},\n  \"keys\": \\[");
    private static final Pattern ENTRY = Pattern.compile("(,?)\n    \\{\"name\": " + TEXT + ", \"environment\": " + TEXT
            + ", (?:\"upstream\": " + TEXT + ", )?\"sealed_at\": " + TEXT + ", \"nonce\": " + TEXT + ", \"value\": "
            + TEXT + "}");
    private static final Pattern TAIL =
            Pattern.compile("\n  ],\n  \"seal\": \\{\"nonce\": " + TEXT + ", \"tag\": " + TEXT + "}\n}\n");

    /** A nonce and what was made with it, in base64. */
    record Sealed(String nonce, String text) {
        static Sealed of(byte[] nonce, byte[] bytes) {
            return new Sealed(base64(nonce), base64(bytes));
        }

        byte[] nonceBytes() {
            return decoded(nonce);
        }

        byte[] bytes() {
            return decoded(text);
        }
    }

    /** A value in its place. */
    record Entry(SealedKey key, Sealed value) {}

    SealedFile withEntries(List<Entry> others) {
        return new SealedFile(iterations, salt, dataKey, List.copyOf(others), seal);
    }

    SealedFile withSeal(Sealed other) {
        return new SealedFile(iterations, salt, dataKey, entries, other);
    }

    /** What this text says; empty if it is not the text of any sealed file. */
    static Optional<SealedFile> parse(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(read(new String(bytes, US_ASCII)))
                    .filter(file -> Arrays.equals(file.text(), bytes));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    byte[] text() {
        return render(seal.text).getBytes(US_ASCII);
    }

    /** What the seal stands for: everything but itself. */
    byte[] sealedText() {
        return render("").getBytes(US_ASCII);
    }

    /** What a value is bound to, so that it cannot be moved to another place. */
    static byte[] place(SealedKey key) {
        return String.join(
                        "|",
                        FORMAT,
                        VERSION,
                        key.environment(),
                        key.name(),
                        key.upstream().orElse(""))
                .getBytes(US_ASCII);
    }

    /** What the data key is bound to. */
    static byte[] wrapping(int iterations, String salt) {
        return String.join("|", FORMAT, VERSION, Derivation.NAME, Integer.toString(iterations), salt)
                .getBytes(US_ASCII);
    }

    private String render(String tag) {
        StringBuilder text = new StringBuilder("{\n  \"format\": \"" + FORMAT + "\",\n  \"version\": " + VERSION)
                .append(",\n  \"kdf\": {\"name\": \"" + Derivation.NAME + "\", \"iterations\": ")
                .append(iterations)
                .append(", \"salt\": \"")
                .append(salt)
                .append("\"},\n  \"data_key\": {\"nonce\": \"")
                .append(dataKey.nonce)
                .append("\", \"wrapped\": \"")
                .append(dataKey.text)
                .append("\"},\n  \"keys\": [");
        String comma = "";
        for (Entry entry : entries) {
            text.append(comma).append(line(entry));
            comma = ",";
        }
        return text.append("\n  ],\n  \"seal\": {\"nonce\": \"")
                .append(seal.nonce)
                .append("\", \"tag\": \"")
                .append(tag)
                .append("\"}\n}\n")
                .toString();
    }

    private static String line(Entry entry) {
        SealedKey key = entry.key();
        return "\n    {\"name\": \"" + key.name() + "\", \"environment\": \"" + key.environment() + "\", "
                + key.upstream().map(name -> "\"upstream\": \"" + name + "\", ").orElse("") + "\"sealed_at\": \""
                + key.sealedAt() + "\", \"nonce\": \"" + entry.value().nonce + "\", \"value\": \""
                + entry.value().text + "\"}";
    }

    private static @Nullable SealedFile read(String text) {
        Matcher head = HEAD.matcher(text);
        if (!head.lookingAt()) {
            return null;
        }
        int iterations = Integer.parseInt(head.group(1));
        List<Entry> entries = new ArrayList<>();
        int at = head.end();
        Matcher entry = ENTRY.matcher(text);
        while (entry.region(at, text.length()).lookingAt()) {
            entries.add(entry(entry));
            at = entry.end();
        }
        Matcher tail = TAIL.matcher(text).region(at, text.length());
        if (!tail.matches() || entries.size() > MAX_ENTRIES) {
            return null;
        }
        SealedFile file = new SealedFile(
                iterations,
                sized(head.group(2), Derivation.SALT_BYTES),
                new Sealed(nonce(head.group(3)), sized(head.group(4), Gcm.KEY_BYTES + Gcm.TAG_BYTES)),
                List.copyOf(entries),
                new Sealed(nonce(tail.group(1)), sized(tail.group(2), Gcm.TAG_BYTES)));
        return iterations < Derivation.MIN_ITERATIONS || iterations > Derivation.MAX_ITERATIONS ? null : file;
    }

    private static Entry entry(Matcher entry) {
        SealedKey key = new SealedKey(
                entry.group(2), entry.group(3), Optional.ofNullable(entry.group(4)), Instant.parse(entry.group(5)));
        return new Entry(key, new Sealed(nonce(entry.group(6)), base64(decoded(entry.group(7)))));
    }

    private static String nonce(String base64) {
        return sized(base64, Gcm.NONCE_BYTES);
    }

    /** As this class writes base64: a decoder overlooks the last bits, which are the same text in no file of ours. */
    private static String sized(String base64, int length) {
        byte[] bytes = decoded(base64);
        if (bytes.length != length) {
            throw new IllegalArgumentException("not " + length + " bytes");
        }
        return base64(bytes);
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    static byte[] decoded(String base64) {
        return Base64.getDecoder().decode(base64);
    }
}
