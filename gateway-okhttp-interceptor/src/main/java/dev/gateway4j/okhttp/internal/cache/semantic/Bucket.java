package dev.gateway4j.okhttp.internal.cache.semantic;

import dev.gateway4j.api.spi.VectorIndex;
import dev.gateway4j.api.spi.VectorIndex.Neighbour;
import dev.gateway4j.api.spi.VectorIndexProvider;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The questions that may be compared with each other, as vectors. All in one list at first; when there are many they move to an index of the
 * provider, in the background and one after the other, and can be found all the while. Thread-safe.
 */
final class Bucket {
    private static final Logger LOG = LoggerFactory.getLogger(Bucket.class);

    private final int dimensions;
    private final Optional<VectorIndexProvider> provider;
    private final Executor mover;
    private final Bounds bounds;
    private final FlatIndex flat = new FlatIndex();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicBoolean moving = new AtomicBoolean();
    private volatile @Nullable VectorIndex many;
    private volatile boolean stays;

    /**
     * When vectors move.
     *
     * @param first how many are compared one by one before an index is made
     * @param later how many gather beside that index before they join it
     */
    record Bounds(int first, int later) {}

    /**
     * An empty bucket.
     *
     * @param mover runs one task at a time, in order
     */
    Bucket(int dimensions, Optional<VectorIndexProvider> provider, Executor mover, Bounds bounds) {
        this.dimensions = dimensions;
        this.provider = provider;
        this.mover = mover;
        this.bounds = bounds;
    }

    boolean fits(float[] unit) {
        return unit.length == dimensions;
    }

    void add(long id, float[] unit) {
        flat.add(id, unit);
        size.incrementAndGet();
        moveIfMany();
    }

    /** Removes what was added before, once. */
    void remove(long id) {
        size.decrementAndGet();
        flat.remove(id);
        if (provider.isPresent()) {
            // After a move that is under way, which may be about to add it.
            later(() -> {
                VectorIndex index = many;
                if (index != null) {
                    index.remove(id);
                }
            });
        }
    }

    List<Neighbour> nearest(float[] unit, int count) {
        // The list first: what moves in between is then in both, never in neither.
        Nearest nearest = new Nearest(count);
        flat.nearest(unit, count).forEach(found -> nearest.offer(found.id(), found.similarity()));
        VectorIndex index = many;
        if (index != null) {
            index.nearest(unit, count).forEach(found -> nearest.offer(found.id(), found.similarity()));
        }
        return nearest.list();
    }

    boolean isEmpty() {
        return size.get() == 0;
    }

    void close() {
        stays = true;
        later(() -> {
            VectorIndex index = many;
            many = null;
            if (index != null) {
                index.close();
            }
        });
    }

    private void moveIfMany() {
        int bound = many == null ? bounds.first() : bounds.later();
        if (provider.isPresent() && !stays && flat.size() > bound && moving.compareAndSet(false, true)) {
            later(this::move);
        }
    }

    private void move() {
        try {
            VectorIndex index = many;
            if (index == null) {
                index = provider.orElseThrow().create(dimensions);
                many = index;
            }
            while (!stays && flat.size() > 0) {
                moveSome(index);
            }
        } catch (RuntimeException | LinkageError e) {
            stays = true;
            LOG.warn("The vector index {} failed; {} vectors are compared one by one", provider, flat.size(), e);
        } finally {
            moving.set(false);
        }
    }

    private void moveSome(VectorIndex index) {
        for (Map.Entry<Long, float[]> vector : flat.some(64).entrySet()) {
            if (stays) {
                return;
            }
            if (flat.contains(vector.getKey())) {
                index.add(vector.getKey(), vector.getValue());
                flat.remove(vector.getKey());
            }
        }
    }

    private void later(Runnable task) {
        try {
            mover.execute(task);
        } catch (RejectedExecutionException e) {
            moving.set(false); // closed: nobody looks here any more
        }
    }
}
