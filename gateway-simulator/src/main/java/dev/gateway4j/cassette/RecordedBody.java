package dev.gateway4j.cassette;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The bytes of a recorded body. Equal if the bytes are. Immutable and thread-safe. */
public final class RecordedBody {
    private static final RecordedBody EMPTY = new RecordedBody(new byte[0]);

    private final byte[] bytes;

    private RecordedBody(byte[] bytes) {
        this.bytes = bytes;
    }

    /** No body. */
    public static RecordedBody empty() {
        return EMPTY;
    }

    /** A body of these bytes, which nobody modifies any more. */
    public static RecordedBody of(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new RecordedBody(bytes);
    }

    /** A body of this text in UTF-8. */
    public static RecordedBody of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The bytes, shared and not to be modified. */
    public byte[] bytes() {
        return bytes;
    }

    /** How many bytes there are. */
    public int length() {
        return bytes.length;
    }

    /** True if there is none. */
    public boolean isEmpty() {
        return bytes.length == 0;
    }

    /** The body as text; empty if it is not UTF-8. */
    public Optional<String> text() {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecordedBody that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** How long it is; what it says may be personal. */
    @Override
    public String toString() {
        return "RecordedBody[" + bytes.length + " bytes]";
    }
}
