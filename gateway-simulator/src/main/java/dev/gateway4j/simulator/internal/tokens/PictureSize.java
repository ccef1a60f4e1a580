package dev.gateway4j.simulator.internal.tokens;

import java.util.Base64;

/**
 * The size of a picture in pixels, read from the head of PNG, GIF, WebP or JPEG data.
 *
 * @param width across
 * @param height down
 */
record PictureSize(int width, int height) {
    private static final PictureSize UNKNOWN = new PictureSize(1_024, 1_024);
    /** Enough for the head of any JPEG with an ordinary preview in it; a multiple of 4, as base64 needs. */
    private static final int LOOKED_AT = 262_144;

    static PictureSize of(String url) {
        int comma = url.indexOf(',');
        if (!url.startsWith("data:") || comma < 0) {
            return UNKNOWN;
        }
        int end = Math.min(url.length(), comma + 1 + LOOKED_AT);
        try {
            PictureSize size = of(Base64.getMimeDecoder().decode(url.substring(comma + 1, end)));
            return size.width > 0 && size.height > 0 ? size : UNKNOWN;
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException notAPicture) {
            return UNKNOWN;
        }
    }

    private static PictureSize of(byte[] bytes) {
        if (at(bytes, 0) == 0x89) {
            return new PictureSize(big(bytes, 18), big(bytes, 22));
        }
        if (at(bytes, 0) == 'G') {
            return new PictureSize(little(bytes, 6), little(bytes, 8));
        }
        if (at(bytes, 0) == 'R') {
            return webp(bytes);
        }
        return at(bytes, 0) == 0xff ? jpeg(bytes) : UNKNOWN;
    }

    private static PictureSize webp(byte[] bytes) {
        return switch (at(bytes, 15)) {
            case 'X' -> new PictureSize(1 + little(bytes, 24), 1 + little(bytes, 27));
            case 'L' -> {
                int bits = little(bytes, 21) | little(bytes, 23) << 16;
                yield new PictureSize(1 + (bits & 0x3fff), 1 + (bits >>> 14 & 0x3fff));
            }
            default -> new PictureSize(little(bytes, 26) & 0x3fff, little(bytes, 28) & 0x3fff);
        };
    }

    /** Walks from marker to marker to the one that begins a frame. */
    private static PictureSize jpeg(byte[] bytes) {
        int at = 2;
        while (at(bytes, at) == 0xff) {
            int marker = at(bytes, at + 1);
            boolean frame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
            if (frame) {
                return new PictureSize(big(bytes, at + 7), big(bytes, at + 5));
            }
            at += 2 + big(bytes, at + 2);
        }
        return UNKNOWN;
    }

    private static int at(byte[] bytes, int index) {
        return bytes[index] & 0xff;
    }

    private static int big(byte[] bytes, int index) {
        return at(bytes, index) << 8 | at(bytes, index + 1);
    }

    private static int little(byte[] bytes, int index) {
        return at(bytes, index + 1) << 8 | at(bytes, index);
    }
}
