package dev.gateway4j.simulator.internal.media;

import dev.gateway4j.simulator.internal.chance.Draws;
import dev.gateway4j.simulator.internal.chance.Fingerprint;

/**
 * A picture made of flat square-like cells in sixteen colours: the same subject always looks the same. Colour 0 is the background.
 *
 * @param width its width in pixels
 * @param height its height in pixels
 * @param cells how many cells there are in each direction
 * @param colours sixteen colours as {@code 0xRRGGBB}
 * @param pattern the colour of each cell, row by row
 * @param transparent true if the background is not painted
 */
@SuppressWarnings("ArrayRecordComponent") // identity is enough: pictures are encoded, never compared
public record Picture(int width, int height, int cells, int[] colours, byte[] pattern, boolean transparent) {
    /** How many colours a picture has. */
    static final int COLOURS = 16;

    private static final int FINEST = 16;

    /** The picture of a subject. */
    public static Picture of(Fingerprint subject, int width, int height, boolean transparent) {
        Draws draws = new Draws(subject.high() ^ Long.rotateLeft(subject.low(), 32));
        int[] colours = gradient(draws.below(0x1000000), draws.below(0x1000000));
        byte[] pattern = new byte[FINEST * FINEST];
        for (int y = 0; y < FINEST; y++) {
            for (int x = 0; x < FINEST / 2; x++) {
                int colour = draws.chance(0.3) ? 0 : Math.min(COLOURS - 1, y * 3 / 4 + draws.below(5));
                pattern[y * FINEST + x] = (byte) colour;
                pattern[y * FINEST + FINEST - 1 - x] = (byte) colour;
            }
        }
        return new Picture(width, height, FINEST, colours, pattern, transparent);
    }

    /** This picture before it was finished: the same with coarser cells, {@code step} 0 being the coarsest. */
    public Picture unfinished(int step) {
        int coarse = Math.min(FINEST, 2 << Math.max(0, step));
        byte[] few = new byte[coarse * coarse];
        for (int y = 0; y < coarse; y++) {
            for (int x = 0; x < coarse; x++) {
                few[y * coarse + x] = pattern[y * cells / coarse * cells + x * cells / coarse];
            }
        }
        return new Picture(width, height, coarse, colours, few, transparent);
    }

    /** The number of the colour at a pixel. */
    int at(int x, int y) {
        return pattern[row(y) * cells + (int) ((long) x * cells / width)];
    }

    /** The row of cells at a row of pixels. */
    int row(int y) {
        return (int) ((long) y * cells / height);
    }

    private static int[] gradient(int from, int to) {
        int[] colours = new int[COLOURS];
        for (int i = 0; i < COLOURS; i++) {
            int colour = 0;
            for (int shift = 16; shift >= 0; shift -= 8) {
                int a = from >> shift & 0xff;
                int b = to >> shift & 0xff;
                colour |= (a + (b - a) * i / (COLOURS - 1)) << shift;
            }
            colours[i] = colour;
        }
        return colours;
    }
}
