package dev.gateway4j.vectors;

import io.github.jbellis.jvector.graph.similarity.BuildScoreProvider;
import io.github.jbellis.jvector.graph.similarity.DefaultSearchScoreProvider;
import io.github.jbellis.jvector.graph.similarity.ScoreFunction;
import io.github.jbellis.jvector.graph.similarity.SearchScoreProvider;
import io.github.jbellis.jvector.vector.DefaultVectorizationProvider;
import io.github.jbellis.jvector.vector.VectorUtil;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import java.util.function.ToDoubleFunction;

/** How near vectors of unit length are, for JVector: from 0 to 1. */
final class Cosines implements BuildScoreProvider {
    /** JVector uses the vector unit where the JVM lets it; without it, its loop is slower than ours. */
    private static final boolean VECTOR_UNIT =
            !(VectorizationProvider.getInstance() instanceof DefaultVectorizationProvider);

    private final Slots slots;

    Cosines(Slots slots) {
        this.slots = slots;
    }

    /** The scores of all places for a vector. */
    SearchScoreProvider scores(float[] unit, VectorFloat<?> view) {
        ToDoubleFunction<Slots.Slot> cosine =
                VECTOR_UNIT ? slot -> VectorUtil.dotProduct(view, slot.view()) : slot -> cosine(unit, slot.unit());
        ScoreFunction.ExactScoreFunction score = place -> (float) ((1 + cosine.applyAsDouble(slots.at(place))) / 2);
        return new DefaultSearchScoreProvider(score);
    }

    /** The cosine of two vectors of unit length. */
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

    @Override
    public boolean isExact() {
        return true;
    }

    @Override
    public VectorFloat<?> approximateCentroid() {
        throw new UnsupportedOperationException("only an index of disks asks for it");
    }

    @Override
    public SearchScoreProvider searchProviderFor(VectorFloat<?> vector) {
        float[] unit = new float[vector.length()];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = vector.get(i);
        }
        return scores(unit, vector);
    }

    @Override
    public SearchScoreProvider searchProviderFor(int place) {
        Slots.Slot slot = slots.at(place);
        return scores(slot.unit(), slot.view());
    }

    @Override
    public SearchScoreProvider diversityProviderFor(int place) {
        return searchProviderFor(place);
    }
}
