package dev.gateway4j.simulator.internal.media;

import dev.gateway4j.simulator.internal.chance.Fingerprint;

/** Something like speech: one short tone a letter, as long as a person would take, 16 bits little-endian at 24 kHz, one channel. */
public final class Voice {
    /** Samples a second. */
    public static final int RATE = 24_000;

    private static final double LETTERS_PER_SECOND = 15;
    private static final double SHORTEST_SECONDS = 0.4;
    private static final int PEAK = 6_000;
    private static final int WAVE = 1_024;
    private static final short[] SINE = sine();

    private Voice() {}

    /**
     * The samples of a text.
     *
     * @param text what is said
     * @param speaker who says it; decides the pitch
     * @param speed 1 for the ordinary speed
     */
    public static byte[] say(String text, String speaker, double speed) {
        Fingerprint manner = Fingerprint.of(speaker, text);
        int pitch = 110 + Math.floorMod((int) Fingerprint.of(speaker, "").low(), 90) + (int) (manner.high() & 7);
        byte[] samples = new byte[samples(text, speed) * 2];
        int phase = (int) (manner.low() & 0xffff);
        int all = samples.length / 2;
        for (int i = 0; i < all; i++) {
            long place = (long) i * text.length();
            char letter = text.charAt((int) (place / all));
            long within = place % all * 2 * PEAK / all;
            phase += step(letter, pitch);
            int loud = Character.isLetterOrDigit(letter) ? (int) Math.min(within, 2 * PEAK - within) : 0;
            int sample = SINE[(phase >>> 10) & (WAVE - 1)] * loud / (1 << 15);
            samples[2 * i] = (byte) sample;
            samples[2 * i + 1] = (byte) (sample >> 8);
        }
        return samples;
    }

    /** How many samples a text takes. */
    public static int samples(String text, double speed) {
        double seconds = Math.max(SHORTEST_SECONDS, text.length() / LETTERS_PER_SECOND / speed);
        return (int) (seconds * RATE);
    }

    private static int step(char letter, int pitch) {
        return (int) ((long) (pitch + letter % 32 * 4) * WAVE * WAVE / RATE);
    }

    private static short[] sine() {
        short[] wave = new short[WAVE];
        for (int i = 0; i < WAVE; i++) {
            wave[i] = (short) (StrictMath.sin(2 * Math.PI * i / WAVE) * Short.MAX_VALUE);
        }
        return wave;
    }
}
