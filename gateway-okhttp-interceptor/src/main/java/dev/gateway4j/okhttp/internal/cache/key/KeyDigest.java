package dev.gateway4j.okhttp.internal.cache.key;

import dev.gateway4j.api.cache.CacheKey;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 of a question. Every part is written as a letter, its kind, its length and its bytes, so that no two questions are written
 * alike. Used once.
 */
final class KeyDigest implements Sink {
    private static final int SIZE = 2048;
    private static final int LARGEST_HEAD = 16;
    private static final int WIDEST_CHAR = 3;
    private static final byte MISSING = 0;
    private static final byte TEXT = 1;
    private static final byte NAMED = 2;
    private static final byte MEMBER = 3;
    private static final byte FRAME = 4;

    private final MessageDigest sha;
    private final byte[] buffer = new byte[SIZE];
    private int length;

    KeyDigest() {
        this(sha());
    }

    KeyDigest(MessageDigest sha) {
        this.sha = sha;
    }

    /** One that every Java has. */
    static MessageDigest sha() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public void part(Part part, @Nullable String value) {
        head(value == null ? MISSING : TEXT, part);
        if (value != null) {
            text(value);
        }
    }

    @Override
    public void named(Part part, String name, String value) {
        head(NAMED, part);
        text(name);
        text(value);
    }

    @Override
    public void member(byte[] names, int nameStart, int nameEnd, byte[] values, int start, int end) {
        room(LARGEST_HEAD);
        buffer[length++] = MEMBER;
        number(nameEnd - nameStart);
        number(end - start);
        bytes(names, nameStart, nameEnd - nameStart);
        bytes(values, start, end - start);
    }

    /** A value in a frame: everything that is told around it, digested before. */
    void framed(byte[] frame, byte[] values, int start, int end) {
        room(LARGEST_HEAD);
        buffer[length++] = FRAME;
        bytes(frame, 0, frame.length);
        room(LARGEST_HEAD);
        number(end - start);
        bytes(values, start, end - start);
    }

    CacheKey key() {
        flush();
        return CacheKey.of(sha.digest());
    }

    private void head(byte kind, Part part) {
        room(LARGEST_HEAD);
        buffer[length++] = kind;
        buffer[length++] = (byte) part.letter();
    }

    /** The number of chars, then one byte for each that is ASCII and three for others. Nothing is replaced, as an encoder would. */
    private void text(String text) {
        boolean fits = text.length() < SIZE / (2 * WIDEST_CHAR);
        room(LARGEST_HEAD + (fits ? text.length() * WIDEST_CHAR : 0));
        number(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!fits) {
                room(WIDEST_CHAR);
            }
            if (c < 0x80) {
                buffer[length++] = (byte) c;
            } else {
                buffer[length++] = (byte) 0x80;
                buffer[length++] = (byte) (c >> 8);
                buffer[length++] = (byte) c;
            }
        }
    }

    private void number(int number) {
        buffer[length++] = (byte) (number >> 24);
        buffer[length++] = (byte) (number >> 16);
        buffer[length++] = (byte) (number >> 8);
        buffer[length++] = (byte) number;
    }

    private void bytes(byte[] bytes, int offset, int count) {
        if (count > SIZE - length) {
            flush();
        }
        if (count > SIZE) {
            sha.update(bytes, offset, count);
            return;
        }
        System.arraycopy(bytes, offset, buffer, length, count);
        length += count;
    }

    private void room(int more) {
        if (SIZE - length < more) {
            flush();
        }
    }

    private void flush() {
        sha.update(buffer, 0, length);
        length = 0;
    }
}
