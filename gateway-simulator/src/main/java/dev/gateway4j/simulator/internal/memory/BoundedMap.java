package dev.gateway4j.simulator.internal.memory;

import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Maps that forget what was used longest ago. */
public final class BoundedMap {
    private BoundedMap() {}

    /** An empty, thread-safe map of at most {@code bound} entries. */
    public static <K, V> Map<K, V> of(int bound) {
        return Collections.synchronizedMap(new Recent<>(bound));
    }

    /**
     * An empty, thread-safe map of at most {@code bound} entries that weigh at most {@code maxWeight} together. Only {@code put}, {@code
     * get} and {@code remove} keep the scales.
     */
    public static <K, V> Map<K, V> weighed(int bound, long maxWeight, ToLongFunction<V> weight) {
        return Collections.synchronizedMap(new Weighed<>(bound, maxWeight, weight));
    }

    private static final class Recent<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1L;

        private final int bound;

        Recent(int bound) {
            super(16, 0.75f, true);
            this.bound = bound;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > bound;
        }
    }

    private static final class Weighed<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1L;

        private final int bound;
        private final long maxWeight;
        private final transient ToLongFunction<V> weight;
        private long total;

        Weighed(int bound, long maxWeight, ToLongFunction<V> weight) {
            super(16, 0.75f, true);
            this.bound = bound;
            this.maxWeight = maxWeight;
            this.weight = weight;
        }

        @Override
        public @Nullable V put(K key, V value) {
            V before = remove(key);
            super.put(key, value);
            total += weight.applyAsLong(value);
            Iterator<Map.Entry<K, V>> eldest = entrySet().iterator();
            while (size() > bound || (total > maxWeight && size() > 0)) {
                total -= weight.applyAsLong(eldest.next().getValue());
                eldest.remove();
            }
            return before;
        }

        @Override
        public @Nullable V remove(Object key) {
            V before = super.remove(key);
            if (before != null) {
                total -= weight.applyAsLong(before);
            }
            return before;
        }
    }
}
