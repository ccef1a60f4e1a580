package dev.gateway4j.okhttp.internal.cache.shape;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** Reads the fields of an entry. Believes no length that is longer than what is left. */
final class EntryReader {
    private static final long BILLION = 1_000_000_000L;

    private final ByteBuffer in;

    EntryReader(ByteBuffer in) {
        this.in = in;
    }

    /** How many things follow of which each has at least this many bytes. */
    int count(int leastBytes) {
        int count = in.getInt();
        if (count < 0 || count > in.remaining() / leastBytes) {
            throw new IllegalArgumentException("more is announced than there is");
        }
        return count;
    }

    byte[] bytes() {
        byte[] bytes = new byte[count(1)];
        in.get(bytes);
        return bytes;
    }

    String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    Optional<String> optionalText() {
        return flag() ? Optional.of(text()) : Optional.empty();
    }

    boolean flag() {
        byte value = in.get();
        if (value != 0 && value != 1) {
            throw new IllegalArgumentException("neither yes nor no");
        }
        return value == 1;
    }

    long number() {
        return in.getLong();
    }

    Instant instant() {
        long second = number();
        long nano = number();
        if (nano < 0 || nano >= BILLION) {
            throw new IllegalArgumentException("no part of a second");
        }
        return Instant.ofEpochSecond(second, nano);
    }
}
