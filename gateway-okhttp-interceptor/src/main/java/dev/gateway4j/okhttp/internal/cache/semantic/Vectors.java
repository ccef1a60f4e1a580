package dev.gateway4j.okhttp.internal.cache.semantic;

import java.util.Optional;

/** Arithmetic on vectors. */
final class Vectors {
    private Vectors() {}

    /** The vector of unit length in the same direction; empty if it has none, or holds what is no number. */
    static Optional<float[]> unit(float[] vector) {
        double squares = 0;
        for (float x : vector) {
            squares += (double) x * x;
        }
        if (!(squares > 0) || Double.isInfinite(squares)) {
            return Optional.empty();
        }
        double length = Math.sqrt(squares);
        float[] unit = new float[vector.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (float) (vector[i] / length);
        }
        return Optional.of(unit);
    }

    /** The cosine of two vectors of unit length. Eight sums at once, since each addition would otherwise wait for the one before. */
    static double cosine(float[] one, float[] other) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        float e = 0;
        float f = 0;
        float g = 0;
        float h = 0;
        int whole = one.length - one.length % 8;
        for (int i = 0; i < whole; i += 8) {
            a += one[i] * other[i];
            b += one[i + 1] * other[i + 1];
            c += one[i + 2] * other[i + 2];
            d += one[i + 3] * other[i + 3];
            e += one[i + 4] * other[i + 4];
            f += one[i + 5] * other[i + 5];
            g += one[i + 6] * other[i + 6];
            h += one[i + 7] * other[i + 7];
        }
        float rest = 0;
        for (int i = whole; i < one.length; i++) {
            rest += one[i] * other[i];
        }
        return Math.max(-1, Math.min(1, (a + b) + (c + d) + (e + f) + (g + h) + rest));
    }
}
