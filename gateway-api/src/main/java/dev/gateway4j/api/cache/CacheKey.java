package dev.gateway4j.api.cache;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** The name of a cached answer: a SHA-256 over everything that shapes it, the tenant included. Says nothing about the question. Immutable. */
public final class CacheKey {
    private static final int LENGTH = 32;

    private final long first;
    private final long second;
    private final long third;
    private final long fourth;

    private CacheKey(ByteBuffer digest) {
        this.first = digest.getLong();
        this.second = digest.getLong();
        this.third = digest.getLong();
        this.fourth = digest.getLong();
    }

    /**
     * The key with this digest.
     *
     * @throws IllegalArgumentException unless it has 32 bytes
     */
    public static CacheKey of(byte[] digest) {
        if (digest.length != LENGTH) {
            throw new IllegalArgumentException("a cache key has " + LENGTH + " bytes, not " + digest.length);
        }
        return new CacheKey(ByteBuffer.wrap(digest));
    }

    /**
     * The key that {@link #toString()} wrote.
     *
     * @throws IllegalArgumentException unless the text is 64 hexadecimal digits
     */
    public static CacheKey parse(String text) {
        return of(HexFormat.of().parseHex(text));
    }

    /** The digest, 32 bytes. */
    public byte[] digest() {
        return ByteBuffer.allocate(LENGTH)
                .putLong(first)
                .putLong(second)
                .putLong(third)
                .putLong(fourth)
                .array();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CacheKey that
                && first == that.first
                && second == that.second
                && third == that.third
                && fourth == that.fourth;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(first);
    }

    /** The digest as 64 hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(digest());
    }
}
