package dev.gateway4j.cassette.internal.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Bytes that are no text, as {@code !!binary}. */
final class Base64Lines {
    /** Where Go breaks the line. */
    private static final int WIDTH = 70;

    private Base64Lines() {}

    /**
     * The bytes of a base64 text with blanks anywhere.
     *
     * @throws IllegalArgumentException if it is none
     */
    static byte[] decode(String text) {
        byte[] ascii = text.getBytes(StandardCharsets.UTF_8);
        int length = 0;
        for (byte b : ascii) {
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                ascii[length++] = b;
            }
        }
        if (length % 4 != 0) {
            throw new IllegalArgumentException("the length is no multiple of four");
        }
        return Base64.getDecoder().decode(Arrays.copyOf(ascii, length));
    }

    /** The bytes in lines of Go's width, each with its newline; one short line has none. */
    static String encode(byte[] bytes) {
        String base64 = Base64.getEncoder().encodeToString(bytes);
        if (base64.length() < WIDTH) {
            return base64;
        }
        StringBuilder lines = new StringBuilder(base64.length() + base64.length() / WIDTH + 1);
        for (int from = 0; from < base64.length(); from += WIDTH) {
            lines.append(base64, from, Math.min(from + WIDTH, base64.length())).append('\n');
        }
        return lines.toString();
    }
}
