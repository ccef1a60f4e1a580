package dev.gateway4j.vectors;

import io.github.jbellis.jvector.graph.RandomAccessVectorValues;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import io.github.jbellis.jvector.vector.types.VectorTypeSupport;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The vectors of an index by their place in the graph. Places are used again, so that they stay few. One thread changes them at a time, and
 * any number read: what is read is a vector together with its id, whole.
 */
final class Slots implements RandomAccessVectorValues {
    private static final VectorTypeSupport TYPES =
            VectorizationProvider.getInstance().getVectorTypeSupport();
    private static final int CHUNK = 1 << 10;

    private final int dimensions;
    private final Deque<Integer> free = new ArrayDeque<>();
    private final Slot nothing;
    private volatile AtomicReferenceArray<@Nullable AtomicReferenceArray<@Nullable Slot>> chunks =
            new AtomicReferenceArray<>(4);
    private volatile int bound;

    /** A vector with its id. The array is what the caller gave; JVector's view of it shares it. */
    @SuppressWarnings("ArrayRecordComponent") // identity is enough: never compared
    record Slot(long id, float[] unit, VectorFloat<?> view) {}

    Slots(int dimensions) {
        this.dimensions = dimensions;
        this.nothing = slot(-1, new float[dimensions]);
    }

    private static Slot slot(long id, float[] unit) {
        return new Slot(id, unit, TYPES.createFloatVector(unit));
    }

    /** Puts a vector into a free place. */
    int put(long id, float[] unit) {
        Integer used = free.poll();
        int place = used != null ? used : bound;
        chunk(place).set(place % CHUNK, slot(id, unit));
        bound = Math.max(bound, place + 1);
        return place;
    }

    private AtomicReferenceArray<@Nullable Slot> chunk(int place) {
        AtomicReferenceArray<@Nullable AtomicReferenceArray<@Nullable Slot>> all = chunks;
        int index = place / CHUNK;
        if (index == all.length()) {
            all = new AtomicReferenceArray<>(index * 2);
            for (int i = 0; i < index; i++) {
                all.set(i, chunks.get(i));
            }
            chunks = all;
        }
        AtomicReferenceArray<@Nullable Slot> chunk = all.get(index);
        if (chunk == null) {
            chunk = new AtomicReferenceArray<>(CHUNK);
            all.set(index, chunk);
        }
        return chunk;
    }

    /** Frees a place and what it held. */
    void clear(int place) {
        chunk(place).set(place % CHUNK, null);
        free.add(place);
    }

    /** What is there; a vector of nothing if its place was freed while somebody was on the way to it. */
    Slot at(int place) {
        AtomicReferenceArray<@Nullable AtomicReferenceArray<@Nullable Slot>> all = chunks;
        int index = place / CHUNK;
        AtomicReferenceArray<@Nullable Slot> chunk = index < all.length() ? all.get(index) : null;
        Slot slot = chunk == null ? null : chunk.get(place % CHUNK);
        return slot == null ? nothing : slot;
    }

    /** True if that is no vector. */
    @SuppressWarnings("ReferenceEquality") // there is one nothing, whatever id it has
    boolean isNothing(Slot slot) {
        return slot == nothing;
    }

    @Override
    public int size() {
        return bound;
    }

    @Override
    public int dimension() {
        return dimensions;
    }

    @Override
    public VectorFloat<?> getVector(int place) {
        return at(place).view();
    }

    @Override
    public boolean isValueShared() {
        return false;
    }

    @Override
    public RandomAccessVectorValues copy() {
        return this;
    }
}
