package dev.gateway4j.api.spi;

/**
 * Makes indexes for many vectors. Found by {@link java.util.ServiceLoader}; a module that brings one lists it in {@code
 * META-INF/services/dev.gateway4j.api.spi.VectorIndexProvider}. Without one, every vector is compared, which takes as long as there are many.
 */
public interface VectorIndexProvider {
    /** A short name for messages. */
    String name();

    /**
     * An empty index.
     *
     * @param dimensions the length of its vectors
     */
    VectorIndex create(int dimensions);
}
