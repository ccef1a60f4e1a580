package dev.gateway4j.simulator.internal.embed;

import dev.gateway4j.simulator.internal.chance.Draws;
import dev.gateway4j.simulator.internal.chance.Fingerprint;
import java.util.Map;

/**
 * Unit vectors by random projection: every feature of a text has a direction of its own, and the text is their weighted sum. The same text
 * has the same vector on every machine and in every run, whatever the seed, so that stored vectors stay useful. Fewer dimensions are the
 * first ones of more.
 */
public final class Embedder {
    private Embedder() {}

    /**
     * The vector of a text.
     *
     * @param model the model; two models agree on nothing
     * @param text the text
     * @param dimensions the length of the vector
     */
    public static float[] embed(String model, String text, int dimensions) {
        float[] sum = new float[dimensions];
        for (Map.Entry<String, Float> feature : Features.of(text).entrySet()) {
            long seed = Fingerprint.of(model, feature.getKey()).high();
            // The root tames words that come often, as a sublinear term frequency does.
            add(sum, new Draws(seed), (float) Math.sqrt(feature.getValue()));
        }
        return unit(sum);
    }

    private static void add(float[] sum, Draws signs, float weight) {
        long bits = 0;
        for (int i = 0; i < sum.length; i++) {
            if (i % Long.SIZE == 0) {
                bits = signs.bits();
            }
            sum[i] += (bits & 1) == 0 ? weight : -weight;
            bits >>>= 1;
        }
    }

    private static float[] unit(float[] vector) {
        double squares = 0;
        for (float x : vector) {
            squares += (double) x * x;
        }
        double length = Math.sqrt(squares);
        for (int i = 0; i < vector.length; i++) {
            // A short vector can sum up to nothing at all; any direction is as good as another then.
            vector[i] = length == 0 ? (i == 0 ? 1 : 0) : (float) (vector[i] / length);
        }
        return vector;
    }
}
