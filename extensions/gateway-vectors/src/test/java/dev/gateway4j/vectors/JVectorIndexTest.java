package dev.gateway4j.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateway4j.api.spi.VectorIndex;
import dev.gateway4j.api.spi.VectorIndexProvider;
import dev.gateway4j.testkit.VectorIndexContract;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class JVectorIndexTest extends VectorIndexContract {
    @Override
    protected VectorIndex index(int dimensions) {
        return new JVectorIndexes().create(dimensions);
    }

    @Test
    void being_on_the_class_path_is_enough() {
        assertThat(ServiceLoader.load(VectorIndexProvider.class))
                .singleElement()
                .satisfies(provider -> assertThat(provider.name()).isEqualTo("jvector"));
    }

    @Test
    void it_finds_what_comparing_with_all_finds() {
        Clouds clouds = new Clouds(3_000, 96);
        float[][] vectors = vectors(clouds, 3_000);

        try (VectorIndex index = filled(vectors)) {
            assertThat(recall(index, clouds, vectors, 0)).isGreaterThanOrEqualTo(0.99);
        }
    }

    @Test
    void it_still_does_after_half_was_removed() {
        Clouds clouds = new Clouds(2_000, 96);
        float[][] vectors = vectors(clouds, 2_000);

        try (VectorIndex index = filled(vectors)) {
            for (int i = 0; i < 1_000; i++) {
                index.remove(i);
            }

            assertThat(index.size()).isEqualTo(1_000);
            assertThat(recall(index, clouds, vectors, 1_000)).isGreaterThanOrEqualTo(0.99);
        }
    }

    @Test
    void a_vector_of_another_length_is_refused() {
        try (VectorIndex index = index(8)) {
            assertThatThrownBy(() -> index.add(1, new float[9])).hasMessageContaining("9 dimensions");
        }
    }

    private VectorIndex filled(float[][] vectors) {
        VectorIndex index = index(vectors[0].length);
        for (int i = 0; i < vectors.length; i++) {
            index.add(i, vectors[i]);
        }
        return index;
    }

    private static float[][] vectors(Clouds clouds, int count) {
        float[][] vectors = new float[count][];
        for (int i = 0; i < count; i++) {
            vectors[i] = clouds.question();
        }
        return vectors;
    }

    private static double recall(VectorIndex index, Clouds clouds, float[][] vectors, int from) {
        float[][] left = java.util.Arrays.copyOfRange(vectors, from, vectors.length);
        int found = 0;
        for (int i = 0; i < 500; i++) {
            float[] asked = clouds.like(left[clouds.draw(left.length)]);
            found += index.nearest(asked, 1).get(0).id() - from == Clouds.nearest(asked, left) ? 1 : 0;
        }
        return found / 500.0;
    }
}
