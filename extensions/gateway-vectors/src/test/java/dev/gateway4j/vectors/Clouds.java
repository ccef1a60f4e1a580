package dev.gateway4j.vectors;

import java.util.Random;

/**
 * Vectors as embeddings of questions are: topics that lie in few of the many dimensions, about twenty questions to a topic that are 0.9 alike,
 * and lookups that are 0.98 like a question.
 */
final class Clouds {
    private static final int TOPIC_DIMENSIONS = 48;
    private static final int PER_TOPIC = 20;
    private static final double SPREAD = 0.33;
    private static final double DISTANCE = 0.2;

    private final Random random = new Random(7);
    private final int dimensions;
    private final float[][] topics;

    Clouds(int vectors, int dimensions) {
        this.dimensions = dimensions;
        float[][] axes = new float[TOPIC_DIMENSIONS][];
        for (int i = 0; i < axes.length; i++) {
            axes[i] = near(new float[dimensions], Math.sqrt(dimensions));
        }
        topics = new float[Math.max(1, vectors / PER_TOPIC)][dimensions];
        for (float[] topic : topics) {
            for (float[] axis : axes) {
                float weight = (float) random.nextGaussian();
                for (int i = 0; i < dimensions; i++) {
                    topic[i] += weight * axis[i];
                }
            }
            unit(topic);
        }
    }

    /** A question of some topic. */
    float[] question() {
        return near(topics[random.nextInt(topics.length)], SPREAD);
    }

    /** What is asked again in other words. */
    float[] like(float[] question) {
        return near(question, DISTANCE);
    }

    int draw(int bound) {
        return random.nextInt(bound);
    }

    private float[] near(float[] vector, double distance) {
        float[] near = new float[dimensions];
        double each = distance / Math.sqrt(dimensions);
        for (int i = 0; i < dimensions; i++) {
            near[i] = (float) (vector[i] + each * random.nextGaussian());
        }
        return unit(near);
    }

    private static float[] unit(float[] vector) {
        double squares = 0;
        for (float x : vector) {
            squares += (double) x * x;
        }
        float length = (float) Math.sqrt(squares);
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= length;
        }
        return vector;
    }

    /** The place of the nearest, by comparing with all. */
    static int nearest(float[] unit, float[][] vectors) {
        int nearest = 0;
        double most = -2;
        for (int i = 0; i < vectors.length; i++) {
            double cosine = Cosines.cosine(unit, vectors[i]);
            if (cosine > most) {
                most = cosine;
                nearest = i;
            }
        }
        return nearest;
    }
}
