package dev.gateway4j.simulator.internal.chance;

/**
 * A sequence of draws that depends on its seed and nothing else: not on the JVM, nor on who else draws. Used by one thread at a time.
 */
public final class Draws {
    private static final String ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final String HEX = "0123456789abcdef";

    private long state;

    /** Draws from this seed. */
    public Draws(long seed) {
        this.state = seed;
    }

    /** 64 random bits. */
    public long bits() {
        state += Mix.GAMMA;
        return Mix.fold(state);
    }

    /** A number from 0 up to, not including, {@code bound}. */
    public int below(int bound) {
        return (int) Math.multiplyHigh(bits() >>> 1, (long) bound << 1);
    }

    /** A number from 0 up to, not including, 1. */
    public double unit() {
        return (bits() >>> 11) * 0x1.0p-53;
    }

    /** True with this probability. */
    public boolean chance(double probability) {
        return probability > 0 && unit() < probability;
    }

    /** A draw from the normal distribution with mean 0 and deviation 1. */
    public double normal() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - unit()));
        return radius * StrictMath.cos(2 * Math.PI * unit());
    }

    /** A draw from the exponential distribution with mean 1. */
    public double exponential() {
        return -StrictMath.log(1 - unit());
    }

    /** So many letters and digits. */
    public String alphanumeric(int length) {
        return text(ALPHANUMERIC, length);
    }

    /** So many hexadecimal digits, lower case. */
    public String hex(int length) {
        return text(HEX, length);
    }

    private String text(String alphabet, int length) {
        char[] chars = new char[length];
        for (int i = 0; i < length; i++) {
            chars[i] = alphabet.charAt(below(alphabet.length()));
        }
        return new String(chars);
    }
}
