package dev.gateway4j.simulator.internal.media;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Baseline JPEG of flat blocks. A block of one colour has nothing but its mean, so the whole codec is a difference and a mark that nothing
 * follows; both have short codes of our own.
 */
final class Jpeg {
    private static final int BLOCK = 8;
    private static final int MIDDLE = 128;
    /** With this step the mean of a block is its value. */
    private static final int STEP = 8;
    /** Sizes 1 to 7 have codes of four bits, after the single bit of size 0. */
    private static final int FOUR_BITS = 0b1000;
    /** Size 8, the largest difference there is. */
    private static final int FIVE_BITS = 0b11110;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(16_384);
    private int bits;
    private int count;

    private Jpeg() {}

    static byte[] bytes(Picture picture) {
        Jpeg jpeg = new Jpeg();
        jpeg.head(picture.width(), picture.height());
        jpeg.blocks(picture);
        jpeg.flush();
        jpeg.write(0xff, 0xd9);
        return jpeg.out.toByteArray();
    }

    private void head(int width, int height) {
        write(0xff, 0xd8);
        write(0xff, 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0);
        write(0xff, 0xdb, 0, 67, 0);
        int[] steps = new int[BLOCK * BLOCK];
        Arrays.fill(steps, STEP);
        write(steps);
        write(0xff, 0xc0, 0, 17, 8, height >> 8, height, width >> 8, width, 3);
        write(1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0);
        write(0xff, 0xc4, 0, 28, 0x00);
        write(1, 0, 0, 7, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        write(0, 1, 2, 3, 4, 5, 6, 7, 8);
        write(0xff, 0xc4, 0, 20, 0x10);
        write(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        write(0);
        write(0xff, 0xda, 0, 12, 3, 1, 0, 2, 0, 3, 0, 0, 63, 0);
    }

    private void blocks(Picture picture) {
        int[] before = {0, 0, 0};
        for (int y = 0; y < picture.height(); y += BLOCK) {
            for (int x = 0; x < picture.width(); x += BLOCK) {
                int seenX = Math.min(x + BLOCK / 2, picture.width() - 1);
                int seenY = Math.min(y + BLOCK / 2, picture.height() - 1);
                int[] now = levels(picture.colours()[picture.at(seenX, seenY)]);
                for (int i = 0; i < now.length; i++) {
                    difference(now[i] - before[i]);
                    put(0, 1);
                    before[i] = now[i];
                }
            }
        }
    }

    /** Brightness and the two colour differences, around zero. */
    private static int[] levels(int colour) {
        double red = colour >> 16 & 0xff;
        double green = colour >> 8 & 0xff;
        double blue = colour & 0xff;
        return new int[] {
            level(0.299 * red + 0.587 * green + 0.114 * blue - MIDDLE),
            level(-0.168736 * red - 0.331264 * green + 0.5 * blue),
            level(0.5 * red - 0.418688 * green - 0.081312 * blue)
        };
    }

    private static int level(double value) {
        return (int) Math.max(-MIDDLE, Math.min(MIDDLE - 1, Math.rint(value)));
    }

    private void difference(int value) {
        int size = Integer.SIZE - Integer.numberOfLeadingZeros(Math.abs(value));
        if (size == 0) {
            put(0, 1);
            return;
        }
        if (size == BLOCK) {
            put(FIVE_BITS, 5);
        } else {
            put(FOUR_BITS + size - 1, 4);
        }
        put(value > 0 ? value : value + (1 << size) - 1, size);
    }

    private void put(int value, int length) {
        for (int i = length - 1; i >= 0; i--) {
            bits = bits << 1 | (value >> i & 1);
            count++;
            if (count == Byte.SIZE) {
                flushByte();
            }
        }
    }

    private void flush() {
        while (count != 0) {
            put(1, 1);
        }
    }

    private void flushByte() {
        write(bits);
        if ((bits & 0xff) == 0xff) {
            write(0);
        }
        bits = 0;
        count = 0;
    }

    private void write(int... bytes) {
        for (int value : bytes) {
            out.write(value);
        }
    }
}
