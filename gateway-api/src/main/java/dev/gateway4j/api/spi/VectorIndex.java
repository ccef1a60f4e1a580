package dev.gateway4j.api.spi;

import java.util.List;

/**
 * Finds the nearest of many vectors. Made for one set of questions that differ in the last text only, so that nothing has to be filtered.
 * Thread-safe: searches run beside each other and beside one change at a time.
 */
public interface VectorIndex extends AutoCloseable {
    /**
     * A vector that was found.
     *
     * @param id the id it was added under
     * @param similarity the cosine of the angle between the two
     */
    record Neighbour(long id, double similarity) {}

    /** Adds a vector of unit length under an id that is not there yet. The array is not modified afterwards. */
    void add(long id, float[] unit);

    /** Removes a vector for good, so that its memory is free and no search finds it. Does nothing if it is not there. */
    void remove(long id);

    /** The nearest vectors by cosine, nearest first, at most so many. */
    List<Neighbour> nearest(float[] unit, int count);

    /** How many vectors there are. */
    int size();

    /** Frees what the index holds. Idempotent. */
    @Override
    void close();
}
