package dev.gateway4j.vectors;

import dev.gateway4j.api.spi.VectorIndex;
import dev.gateway4j.api.spi.VectorIndexProvider;

/**
 * Makes indexes in memory with JVector: graphs in which a search visits some hundreds of many thousands of vectors. They find the nearest
 * vector nearly always, not always. Thread-safe.
 */
public final class JVectorIndexes implements VectorIndexProvider {
    /** For {@link java.util.ServiceLoader}. */
    public JVectorIndexes() {}

    @Override
    public String name() {
        return "jvector";
    }

    @Override
    public VectorIndex create(int dimensions) {
        return new JVectorIndex(dimensions);
    }

    @Override
    public String toString() {
        return "JVectorIndexes";
    }
}
