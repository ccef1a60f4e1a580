package dev.gateway4j.testkit.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Characters that are wiped when they are no longer needed; blanks around them are dropped, as the settings do it. Not thread-safe. */
final class Typed implements AutoCloseable {
    private static final int MAX_BYTES = 64 * 1024;

    private final char[] characters;

    private Typed(char[] characters) {
        this.characters = characters;
    }

    /** Takes these and wipes them. */
    static Typed of(char[] characters) {
        int from = 0;
        int to = characters.length;
        while (from < to && Character.isWhitespace(characters[from])) {
            from++;
        }
        while (to > from && Character.isWhitespace(characters[to - 1])) {
            to--;
        }
        Typed typed = new Typed(Arrays.copyOfRange(characters, from, to));
        Arrays.fill(characters, '\0');
        return typed;
    }

    /** All there is to read, at most 64 KB. */
    static Typed of(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MAX_BYTES);
        CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
        char[] characters = Arrays.copyOf(decoded.array(), decoded.length());
        Arrays.fill(decoded.array(), '\0');
        Arrays.fill(bytes, (byte) 0);
        return of(characters);
    }

    /** Not a copy; gone when this is closed. */
    char[] characters() {
        return characters;
    }

    boolean isSame(Typed other) {
        return Arrays.equals(characters, other.characters);
    }

    @Override
    public void close() {
        Arrays.fill(characters, '\0');
    }
}
