package dev.gateway4j.simulator.internal.media;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The size of a picture, as its file tells it.
 *
 * @param width in pixels
 * @param height in pixels
 */
public record PictureSize(int width, int height) {
    private static final int PNG = 0x89504e47;
    private static final int RIFF = 0x52494646;
    private static final int GIF = 0x47494638;
    private static final int SHORTEST = 24;

    /** Reads a PNG, JPEG, GIF or WebP; empty if the bytes are none. */
    public static Optional<PictureSize> of(byte[] file) {
        if (file.length < SHORTEST) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(file);
        int mark = bytes.getInt(0);
        if (mark == PNG) {
            return Optional.of(new PictureSize(bytes.getInt(16), bytes.getInt(20)));
        }
        if (mark == GIF) {
            bytes.order(ByteOrder.LITTLE_ENDIAN);
            return Optional.of(new PictureSize(bytes.getShort(6) & 0xffff, bytes.getShort(8) & 0xffff));
        }
        if (mark == RIFF) {
            return webP(bytes);
        }
        return mark >>> 16 == 0xffd8 ? jpeg(bytes) : Optional.empty();
    }

    private static Optional<PictureSize> webP(ByteBuffer bytes) {
        char kind = (char) bytes.get(15);
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        if (kind == 'L' && bytes.limit() > 24) {
            int packed = bytes.getInt(21);
            return Optional.of(new PictureSize((packed & 0x3fff) + 1, (packed >> 14 & 0x3fff) + 1));
        }
        if (kind == 'X' && bytes.limit() > 30) {
            return Optional.of(new PictureSize((bytes.getInt(24) & 0xffffff) + 1, (bytes.getInt(26) >>> 8) + 1));
        }
        if (kind == ' ' && bytes.limit() > 30) {
            return Optional.of(new PictureSize(bytes.getShort(26) & 0x3fff, bytes.getShort(28) & 0x3fff));
        }
        return Optional.empty();
    }

    private static Optional<PictureSize> jpeg(ByteBuffer bytes) {
        int at = 2;
        while (at + 9 < bytes.limit() && (bytes.get(at) & 0xff) == 0xff) {
            int kind = bytes.get(at + 1) & 0xff;
            boolean frame = kind >= 0xc0 && kind <= 0xcf && kind != 0xc4 && kind != 0xc8 && kind != 0xcc;
            if (frame) {
                return Optional.of(new PictureSize(bytes.getShort(at + 7) & 0xffff, bytes.getShort(at + 5) & 0xffff));
            }
            at += 2 + (bytes.getShort(at + 2) & 0xffff);
        }
        return Optional.empty();
    }
}
