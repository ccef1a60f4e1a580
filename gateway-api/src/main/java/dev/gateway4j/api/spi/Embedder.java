package dev.gateway4j.api.spi;

/**
 * Makes vectors of texts, such that similar texts have similar vectors. Called on threads of the gateway, which wait for it no longer than
 * {@code cache.semantic.timeout}. Thread-safe.
 */
@FunctionalInterface
public interface Embedder {
    /**
     * The vector of a text. All vectors of one embedder have the same length, and need not be of unit length.
     *
     * @throws Exception if there is none; the call then goes on as if nothing similar was known
     */
    float[] embed(String text) throws Exception;
}
