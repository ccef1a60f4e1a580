package dev.gateway4j.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gateway4j.api.spi.Embedder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link Embedder} promises. Extend it in your tests, say how to make your embedder, and its tests run with yours. */
public abstract class EmbedderContract {
    private static final String QUESTION = "How do I reset my password?";

    /** For subclasses. */
    protected EmbedderContract() {}

    /** An embedder. */
    protected abstract Embedder embedder();

    @Test
    void every_vector_has_the_same_length_and_a_direction() throws Exception {
        Embedder embedder = embedder();
        int dimensions = embedder.embed(QUESTION).length;

        assertTrue(dimensions > 0, "an empty vector");
        for (String text : List.of("x", "Wie spät ist es?", "東京の人口は?", "12 + 30", "word ".repeat(500))) {
            float[] vector = embedder.embed(text);
            assertEquals(dimensions, vector.length, "the length of the vector of " + text.length() + " characters");
            double length = length(vector);
            assertTrue(length > 0 && length < Float.MAX_VALUE, "a vector of length " + length);
        }
    }

    @Test
    void the_same_text_has_the_same_direction_each_time() throws Exception {
        Embedder embedder = embedder();

        double similarity = cosine(embedder.embed(QUESTION), embedder.embed(QUESTION));

        assertTrue(similarity > 0.999, "the same text twice is alike by " + similarity + " only");
    }

    @Test
    void similar_texts_are_nearer_than_others() throws Exception {
        Embedder embedder = embedder();
        float[] question = embedder.embed(QUESTION);

        double similar = cosine(question, embedder.embed("How can I reset my password?"));
        double other = cosine(question, embedder.embed("Which birds live on the coast of Norway?"));

        assertTrue(similar > other, "similar by " + similar + ", other by " + other);
    }

    @Test
    void nobody_shares_an_array() throws Exception {
        Embedder embedder = embedder();
        float[] mine = embedder.embed(QUESTION);
        float[] before = mine.clone();

        float[] other = embedder.embed("Another text");

        assertNotSame(mine, other, "one array for two texts");
        assertTrue(cosine(before, mine) > 0.999, "the vector that was given changed");
    }

    @Test
    void several_threads_may_ask_at_once() throws Exception {
        Embedder embedder = embedder();
        float[] alone = embedder.embed(QUESTION);
        ExecutorService threads = Executors.newFixedThreadPool(4);

        List<Future<float[]>> asked = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            String text = i % 2 == 0 ? QUESTION : "text " + i;
            asked.add(threads.submit(() -> embedder.embed(text)));
        }

        try {
            for (int i = 0; i < asked.size(); i += 2) {
                assertTrue(cosine(alone, asked.get(i).get()) > 0.999, "another vector than alone");
                assertFalse(cosine(alone, asked.get(i + 1).get()) > 0.999, "the vector of another thread's text");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static double cosine(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (double) one[i] * other[i];
        }
        return sum / (length(one) * length(other));
    }

    private static double length(float[] vector) {
        double squares = 0;
        for (float x : vector) {
            squares += (double) x * x;
        }
        return Math.sqrt(squares);
    }
}
