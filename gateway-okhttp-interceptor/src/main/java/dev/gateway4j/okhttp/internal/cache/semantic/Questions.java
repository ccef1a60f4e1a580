package dev.gateway4j.okhttp.internal.cache.semantic;

import dev.gateway4j.api.cache.CacheKey;
import dev.gateway4j.api.spi.VectorIndex.Neighbour;
import dev.gateway4j.api.spi.VectorIndexProvider;
import dev.gateway4j.okhttp.internal.cache.semantic.SemanticCache.Embedded;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The questions that can be found, in their buckets. Each is here as long as its answer is in the exact cache, and at most so many are: the
 * oldest give way. Thread-safe; a lookup waits for nobody but a change of the same bucket.
 */
final class Questions implements AutoCloseable {
    private static final int MOST = 100_000;
    private static final Bucket.Bounds BOUNDS = new Bucket.Bounds(4_096, 256);

    private final Optional<VectorIndexProvider> provider;
    private final Bucket.Bounds bounds;
    private final int most;
    private final ThreadPoolExecutor mover;
    private final AtomicLong ids = new AtomicLong();
    private final Map<CacheKey, Kept> byKey = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<Long, Kept> byId = new ConcurrentSkipListMap<>();
    private final Map<CacheKey, Bucket> buckets = new ConcurrentHashMap<>();

    /**
     * A question that can be found.
     *
     * @param id its number, larger than those of older ones
     * @param bucket where it is
     * @param text what was asked
     * @param key the key of the answer
     */
    record Kept(long id, CacheKey bucket, String text, CacheKey key) {}

    Questions(Optional<VectorIndexProvider> provider) {
        this(provider, BOUNDS, MOST);
    }

    Questions(Optional<VectorIndexProvider> provider, Bucket.Bounds bounds, int most) {
        this.provider = provider;
        this.bounds = bounds;
        this.most = most;
        mover = new ThreadPoolExecutor(1, 1, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, "gateway4j-similar-index");
            thread.setDaemon(true);
            return thread;
        });
        mover.allowCoreThreadTimeOut(true);
    }

    /** Adds a question in place of what had this key; false if its vector does not fit beside the others. */
    boolean add(Embedded question, CacheKey key) {
        AtomicBoolean fits = new AtomicBoolean();
        byKey.compute(key, (same, before) -> {
            if (before != null) {
                drop(before);
            }
            Kept kept = new Kept(
                    ids.incrementAndGet(),
                    question.question().bucket(),
                    question.question().text(),
                    key);
            fits.set(put(kept, question.unit()));
            return fits.get() ? kept : null;
        });
        if (byKey.size() > most) {
            Map.Entry<Long, Kept> oldest = byId.firstEntry();
            if (oldest != null) {
                remove(oldest.getValue().key());
            }
        }
        return fits.get();
    }

    private boolean put(Kept kept, float[] unit) {
        AtomicBoolean fits = new AtomicBoolean();
        // Within the map's own compute, so that a bucket is not dropped as empty in between.
        buckets.compute(kept.bucket(), (key, known) -> {
            Bucket bucket = known != null ? known : new Bucket(unit.length, provider, mover, bounds);
            if (bucket.fits(unit)) {
                byId.put(kept.id(), kept);
                bucket.add(kept.id(), unit);
                fits.set(true);
            }
            return bucket;
        });
        return fits.get();
    }

    void remove(CacheKey key) {
        byKey.computeIfPresent(key, (same, kept) -> {
            drop(kept);
            return null;
        });
    }

    private void drop(Kept kept) {
        byId.remove(kept.id()); // from here on no lookup gives it
        buckets.computeIfPresent(kept.bucket(), (key, bucket) -> {
            bucket.remove(kept.id());
            if (!bucket.isEmpty()) {
                return bucket;
            }
            bucket.close();
            return null;
        });
    }

    /** What was asked under this number; empty if its answer is gone. */
    Optional<Kept> kept(long id) {
        return Optional.ofNullable(byId.get(id));
    }

    /**
     * The nearest in the bucket of the question.
     *
     * @throws IllegalArgumentException if its vector has another length than theirs
     */
    List<Neighbour> nearest(Embedded question, int count) {
        Bucket bucket = buckets.get(question.question().bucket());
        if (bucket == null) {
            return List.of();
        }
        if (!bucket.fits(question.unit())) {
            throw new IllegalArgumentException("a vector of another length");
        }
        return bucket.nearest(question.unit(), count);
    }

    int size() {
        return byKey.size();
    }

    int buckets() {
        return buckets.size();
    }

    @Override
    public void close() {
        buckets.values().forEach(Bucket::close);
        mover.shutdown(); // lets what is queued run
    }

    @Override
    public String toString() {
        return size() + " questions in " + buckets() + " buckets";
    }
}
