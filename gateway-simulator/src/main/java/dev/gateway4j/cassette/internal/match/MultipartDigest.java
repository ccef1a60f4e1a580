package dev.gateway4j.cassette.internal.match;

import dev.gateway4j.cassette.Extras;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * What tells one multipart body from another, whatever its boundary: one line for each part,
 *
 * <pre>{@code
 * name; filename; content-type; length; sha256:hex
 * file; sunrise.wav; audio/wav; 222798; sha256:9f86d081884c7d65...
 * model; ; ; 9; sha256:2c26b46b68ffc68f...
 * }</pre>
 *
 * where what a part does not say is empty, and a percent sign, a semicolon or a control character is escaped as in a URL. Cassettes keep
 * these lines in the member {@value #MEMBER} of a request whose body is left out.
 */
public final class MultipartDigest {
    /** The member of a recorded request that holds the lines. */
    public static final String MEMBER = "x-parts";
    /** What stands in a cassette in place of a multipart body. */
    public static final String PLACEHOLDER = "[multipart form data omitted]";

    private static final int FIELDS = 5;

    private MultipartDigest() {}

    /** The lines of a body in the order of its parts; empty if the type is not multipart or the body cannot be read as that. */
    public static List<String> of(String contentType, byte[] body) {
        List<String> lines = new ArrayList<>();
        for (MultipartBody.Part part : MultipartBody.parts(contentType, body)) {
            lines.add(line(
                    part.name(), part.filename(), part.contentType(), part.to() - part.from(), sha256(body, part)));
        }
        return List.copyOf(lines);
    }

    /** The lines that a recorded request carries; empty if it carries none. */
    public static List<String> in(Extras extras) {
        if (!(extras.members().get(MEMBER) instanceof Extras.Items items)) {
            return List.of();
        }
        return items.items().stream()
                .filter(Extras.Text.class::isInstance)
                .map(item -> ((Extras.Text) item).text())
                .toList();
    }

    /** A field that says this much, as a line. */
    static String field(String name, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return line(name, "", "", bytes.length, sha256(bytes, new MultipartBody.Part(name, "", "", 0, bytes.length)));
    }

    /** The lines sorted by name, those of one name in their order. */
    static List<String> sorted(List<String> lines) {
        return lines.stream()
                .sorted(Comparator.comparing(MultipartDigest::name))
                .toList();
    }

    static String name(String line) {
        int end = line.indexOf(';');
        return end < 0 ? line : line.substring(0, end);
    }

    /** All but the name, for people. */
    static String shown(String line) {
        String[] fields = line.split("; ", -1);
        if (fields.length != FIELDS) {
            return line;
        }
        String digest = fields[4].substring(0, Math.min(fields[4].length(), "sha256:".length() + 8));
        StringBuilder shown = new StringBuilder();
        for (String field : List.of(fields[1], fields[2], fields[3] + " bytes", digest)) {
            if (!field.isEmpty()) {
                shown.append(shown.isEmpty() ? "" : ", ").append(field);
            }
        }
        return shown.toString();
    }

    private static String line(String name, String filename, String contentType, int length, String digest) {
        return String.join(
                "; ", escaped(name), escaped(filename), escaped(contentType), Integer.toString(length), digest);
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%' || c == ';' || c < ' ' || c == 0x7F) {
                escaped.append('%').append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 0xF, 16));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private static String sha256(byte[] body, MultipartBody.Part part) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(body, part.from(), part.to() - part.from());
            return "sha256:" + HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
