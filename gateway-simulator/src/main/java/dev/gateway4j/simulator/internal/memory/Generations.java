package dev.gateway4j.simulator.internal.memory;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A bounded memory that nobody waits for: two generations of entries, of which reading moves one to the younger. When the younger is full it
 * becomes the older, and what was not used since the last time is forgotten. So at least {@code bound} entries used last are remembered, and
 * at most twice as many. Thread-safe; an entry made at the very moment of the change may be made twice.
 */
public final class Generations<K, V> {
    private final int bound;
    private final ReentrantLock turning = new ReentrantLock();
    private volatile Pair<K, V> pair = new Pair<>(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());

    /** Remembers at least the last {@code bound} entries. */
    public Generations(int bound) {
        this.bound = bound;
    }

    /** The value of this key, or null. */
    public @Nullable V get(K key) {
        Pair<K, V> now = pair;
        V young = now.young.get(key);
        if (young != null) {
            return young;
        }
        V old = now.old.get(key);
        if (old != null) {
            put(key, old);
        }
        return old;
    }

    /** Remembers a value. */
    public void put(K key, V value) {
        Pair<K, V> now = pair;
        now.young.put(key, value);
        if (now.young.size() > bound) {
            turn(now);
        }
    }

    /** The value of this key, made if there is none. */
    public V computeIfAbsent(K key, Supplier<V> made) {
        Pair<K, V> now = pair;
        V young = now.young.get(key);
        if (young != null) {
            return young;
        }
        V value = now.young.computeIfAbsent(key, absent -> {
            V old = now.old.get(absent);
            return old == null ? made.get() : old;
        });
        if (now.young.size() > bound) {
            turn(now);
        }
        return value;
    }

    /** All entries, in no order. */
    public Map<K, V> all() {
        Pair<K, V> now = pair;
        Map<K, V> all = new LinkedHashMap<>(now.old);
        all.putAll(now.young);
        return all;
    }

    /** Forgets everything. */
    public void clear() {
        pair = new Pair<>(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
    }

    private void turn(Pair<K, V> full) {
        turning.lock();
        try {
            if (pair == full) {
                pair = new Pair<>(new ConcurrentHashMap<>(), full.young);
            }
        } finally {
            turning.unlock();
        }
    }

    private static final class Pair<K, V> {
        private final ConcurrentHashMap<K, V> young;
        private final ConcurrentHashMap<K, V> old;

        Pair(ConcurrentHashMap<K, V> young, ConcurrentHashMap<K, V> old) {
            this.young = young;
            this.old = old;
        }
    }
}
