package dev.gateway4j.okhttp.internal.cache.shape;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** Writes the fields of an entry; whatever has a length is preceded by it. */
final class EntryWriter {
    private ByteBuffer out;

    EntryWriter(int expected) {
        out = ByteBuffer.allocate(expected);
    }

    private ByteBuffer room(int more) {
        if (out.remaining() < more) {
            int size = Math.addExact(out.position(), Math.max(more, out.position() / 2));
            out = ByteBuffer.wrap(Arrays.copyOf(out.array(), size)).position(out.position());
        }
        return out;
    }

    void octet(byte value) {
        room(1).put(value);
    }

    void flag(boolean value) {
        octet((byte) (value ? 1 : 0));
    }

    void number(int value) {
        room(Integer.BYTES).putInt(value);
    }

    void number(long value) {
        room(Long.BYTES).putLong(value);
    }

    void bytes(byte[] bytes) {
        number(bytes.length);
        room(bytes.length).put(bytes);
    }

    void text(String text) {
        bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    void text(Optional<String> text) {
        flag(text.isPresent());
        text.ifPresent(this::text);
    }

    void instant(Instant instant) {
        number(instant.getEpochSecond());
        number((long) instant.getNano());
    }

    byte[] withCheck() {
        int length = out.position();
        number(EntryCodec.checkOf(out.array(), length));
        return Arrays.copyOf(out.array(), out.position());
    }
}
