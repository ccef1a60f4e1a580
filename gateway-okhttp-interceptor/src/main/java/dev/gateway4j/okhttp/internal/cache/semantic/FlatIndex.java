package dev.gateway4j.okhttp.internal.cache.semantic;

import dev.gateway4j.api.spi.VectorIndex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Compares with every vector. Exact, and the fastest there is for a few thousand. Thread-safe: searches run beside each other. */
public final class FlatIndex implements VectorIndex {
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final Map<Long, Integer> places = new HashMap<>();
    private final List<float[]> vectors = new ArrayList<>();
    private long[] ids = new long[16];

    /** Nothing yet. */
    public FlatIndex() {}

    @Override
    public void add(long id, float[] unit) {
        lock.writeLock().lock();
        try {
            if (places.putIfAbsent(id, vectors.size()) != null) {
                throw new IllegalArgumentException("there is a vector " + id + " already");
            }
            if (ids.length == vectors.size()) {
                ids = Arrays.copyOf(ids, ids.length * 2);
            }
            ids[vectors.size()] = id;
            vectors.add(unit);
        } finally {
            lock.writeLock().unlock();
        }
    }

    @Override
    public void remove(long id) {
        lock.writeLock().lock();
        try {
            Integer place = places.remove(id);
            if (place == null) {
                return;
            }
            int last = vectors.size() - 1;
            float[] moved = vectors.remove(last);
            if (place < last) {
                vectors.set(place, moved);
                ids[place] = ids[last];
                places.put(ids[last], place);
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    @Override
    public List<Neighbour> nearest(float[] unit, int count) {
        Nearest nearest = new Nearest(count);
        lock.readLock().lock();
        try {
            for (int i = 0; i < vectors.size(); i++) {
                nearest.offer(ids[i], Vectors.cosine(unit, vectors.get(i)));
            }
        } finally {
            lock.readLock().unlock();
        }
        return nearest.list();
    }

    /** Some of the vectors, at most so many. */
    Map<Long, float[]> some(int count) {
        Map<Long, float[]> some = new HashMap<>();
        lock.readLock().lock();
        try {
            for (int i = 0; i < vectors.size() && i < count; i++) {
                some.put(ids[i], vectors.get(i));
            }
        } finally {
            lock.readLock().unlock();
        }
        return some;
    }

    /** True if there is a vector under this id. */
    boolean contains(long id) {
        lock.readLock().lock();
        try {
            return places.containsKey(id);
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public int size() {
        lock.readLock().lock();
        try {
            return vectors.size();
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            places.clear();
            vectors.clear();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
