package dev.gateway4j.cassette.internal.replay;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Bytes as Go's {@code %q} prints them. */
final class GoText {
    private static final String SHORT = "\u0007a\bb\ff\nn\rr\tt\u000bv\"\"\\\\";

    private GoText() {}

    static String quoted(byte[] bytes) {
        StringBuilder quoted = new StringBuilder("\"");
        int at = 0;
        while (at < bytes.length) {
            int length = Math.min(sequence(bytes[at]), bytes.length - at);
            String character = decoded(bytes, at, length);
            if (character.isEmpty()) {
                quoted.append(String.format("\\x%02x", bytes[at]));
                at++;
            } else {
                append(quoted, character.codePointAt(0));
                at += length;
            }
        }
        return quoted.append('"').toString();
    }

    private static void append(StringBuilder quoted, int c) {
        int known = c < 128 ? SHORT.indexOf(c) : -1;
        if (known >= 0 && known % 2 == 0) {
            quoted.append('\\').append(SHORT.charAt(known + 1));
        } else if (isPrintable(c)) {
            quoted.appendCodePoint(c);
        } else if (c < ' ' || c == 0x7f) {
            quoted.append(String.format("\\x%02x", c));
        } else {
            quoted.append(String.format(c < 0x10000 ? "\\u%04x" : "\\U%08x", c));
        }
    }

    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
    }

    /** How many bytes a character has that begins with this one. */
    private static int sequence(byte first) {
        int value = first & 0xff;
        return value < 0xc0 ? 1 : value < 0xe0 ? 2 : value < 0xf0 ? 3 : 4;
    }

    private static String decoded(byte[] bytes, int at, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, at, length))
                    .toString();
        } catch (CharacterCodingException e) {
            return "";
        }
    }
}
