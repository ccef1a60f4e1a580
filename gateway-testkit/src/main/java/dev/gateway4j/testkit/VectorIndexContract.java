package dev.gateway4j.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gateway4j.api.spi.VectorIndex;
import dev.gateway4j.api.spi.VectorIndex.Neighbour;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link VectorIndex} promises. Extend it in your tests, say how to make your index, and its tests run with yours. */
public abstract class VectorIndexContract {
    private static final int DIMENSIONS = 24;
    private static final int MANY = 600;

    /** For subclasses. */
    protected VectorIndexContract() {}

    /** An empty index for vectors of this length. */
    protected abstract VectorIndex index(int dimensions);

    @Test
    void nothing_is_found_where_nothing_is() {
        try (VectorIndex index = index(DIMENSIONS)) {
            assertEquals(0, index.size());
            assertEquals(List.of(), index.nearest(vectors(1)[0], 3));
        }
    }

    @Test
    void what_was_added_is_found_with_its_cosine_and_nearest_first() {
        float[][] vectors = vectors(MANY);
        try (VectorIndex index = filled(vectors)) {
            assertEquals(MANY, index.size());
            int first = 0;
            for (int i = 0; i < MANY; i++) {
                List<Neighbour> found = index.nearest(vectors[i], 5);
                assertEquals(5, found.size(), "how many were found");
                first += found.get(0).id() == 1_000L + i ? 1 : 0;
                for (int n = 0; n < 5; n++) {
                    double cosine =
                            cosine(vectors[i], vectors[(int) found.get(n).id() - 1_000]);
                    assertEquals(cosine, found.get(n).similarity(), 1e-4, "the similarity");
                    assertTrue(
                            n == 0
                                    || found.get(n - 1).similarity()
                                            >= found.get(n).similarity(),
                            "nearest first");
                }
            }
            assertTrue(first >= MANY * 0.99, "only " + first + " of " + MANY + " found themselves first");
        }
    }

    @Test
    void no_more_are_found_than_there_are_or_were_asked_for() {
        try (VectorIndex index = filled(vectors(3))) {
            assertEquals(3, index.nearest(vectors(1)[0], 10).size());
            assertEquals(1, index.nearest(vectors(1)[0], 1).size());
        }
    }

    @Test
    void what_was_removed_is_never_found_again() {
        float[][] vectors = vectors(MANY);
        try (VectorIndex index = filled(vectors)) {
            for (int i = 0; i < MANY; i += 2) {
                index.remove(1_000L + i);
                assertTrue(
                        index.nearest(vectors[i], 5).stream()
                                .noneMatch(found -> found.id() % 2 == 0 && found.id() <= last(index)),
                        "a removed vector was found");
            }
            assertEquals(MANY / 2, index.size());
            int found = 0;
            for (int i = 1; i < MANY; i += 2) {
                found += index.nearest(vectors[i], 1).get(0).id() == 1_000L + i ? 1 : 0;
            }
            assertTrue(found >= MANY / 2 * 0.99, "of those that stayed only " + found + " are found");
        }
    }

    /** Every even id up to the one removed last is gone; the index says how many are left. */
    private static long last(VectorIndex index) {
        return 1_000L + 2L * (MANY - index.size() - 1);
    }

    @Test
    void all_can_be_removed_and_others_added() {
        float[][] vectors = vectors(200);
        try (VectorIndex index = filled(vectors)) {
            for (int i = 0; i < 200; i++) {
                index.remove(1_000L + i);
            }
            assertEquals(0, index.size());
            assertEquals(List.of(), index.nearest(vectors[0], 3));

            index.add(7, vectors[3]);

            assertEquals(7, index.nearest(vectors[3], 3).get(0).id());
            assertEquals(1, index.nearest(vectors[3], 3).size());
        }
    }

    @Test
    void to_remove_what_is_not_there_does_nothing() {
        try (VectorIndex index = filled(vectors(2))) {
            index.remove(5);

            assertEquals(2, index.size());
        }
    }

    @Test
    void an_id_is_added_once() {
        float[][] vectors = vectors(2);
        try (VectorIndex index = index(DIMENSIONS)) {
            index.add(1, vectors[0]);

            assertThrows(IllegalArgumentException.class, () -> index.add(1, vectors[1]));
            assertEquals(1, index.size());
        }
    }

    @Test
    void searches_run_beside_changes() throws Exception {
        float[][] vectors = vectors(MANY);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (VectorIndex index = filled(vectors)) {
            List<Future<Integer>> searches = new ArrayList<>();
            for (int thread = 0; thread < 2; thread++) {
                searches.add(threads.submit(() -> searched(index, vectors)));
            }
            for (int i = 1; i < MANY; i += 2) {
                index.remove(1_000L + i);
                index.add(5_000L + i, vectors[i]);
            }
            for (Future<Integer> search : searches) {
                assertTrue(search.get() >= MANY / 2 * 0.98, "those that nobody changed were found");
            }
            assertEquals(MANY, index.size());
        } finally {
            threads.shutdownNow();
        }
    }

    private static int searched(VectorIndex index, float[][] vectors) {
        int found = 0;
        for (int i = 0; i < MANY; i += 2) {
            List<Neighbour> nearest = index.nearest(vectors[i], 1);
            found += nearest.size() == 1 && nearest.get(0).id() == 1_000L + i ? 1 : 0;
        }
        return found;
    }

    @Test
    void it_can_be_closed_twice_and_finds_nothing_then() {
        VectorIndex index = filled(vectors(5));

        index.close();
        index.close();

        assertEquals(List.of(), index.nearest(vectors(1)[0], 1));
    }

    private VectorIndex filled(float[][] vectors) {
        VectorIndex index = index(DIMENSIONS);
        for (int i = 0; i < vectors.length; i++) {
            index.add(1_000L + i, vectors[i]);
        }
        return index;
    }

    private static float[][] vectors(int count) {
        Random random = new Random(11);
        float[][] vectors = new float[count][DIMENSIONS];
        for (float[] vector : vectors) {
            double squares = 0;
            for (int i = 0; i < DIMENSIONS; i++) {
                vector[i] = (float) random.nextGaussian();
                squares += (double) vector[i] * vector[i];
            }
            for (int i = 0; i < DIMENSIONS; i++) {
                vector[i] /= (float) Math.sqrt(squares);
            }
        }
        return vectors;
    }

    private static double cosine(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (double) one[i] * other[i];
        }
        return sum;
    }
}
