package dev.gateway4j.okhttp.internal.keys;

import java.util.List;

/** The keys that fit a model at an upstream, whatever state they are in. Immutable. */
final class Fitting {
    private final LiveKey[] keys;
    /** The sum of the weights up to each key and with it. */
    private final long[] weights;

    private final boolean timed;

    Fitting(List<LiveKey> fitting) {
        keys = fitting.toArray(new LiveKey[0]);
        weights = new long[keys.length];
        long total = 0;
        boolean anyTimed = false;
        for (int i = 0; i < keys.length; i++) {
            total += keys[i].key().weight();
            weights[i] = total;
            anyTimed |= keys[i].key().validFrom().isPresent()
                    || keys[i].key().validUntil().isPresent();
        }
        timed = anyTimed;
    }

    int size() {
        return keys.length;
    }

    boolean isEmpty() {
        return keys.length == 0;
    }

    LiveKey get(int index) {
        return keys[index];
    }

    long total() {
        return keys.length == 0 ? 0 : weights[keys.length - 1];
    }

    /** True if the keys have times, so that it has to be asked what time it is. */
    boolean isTimed() {
        return timed;
    }

    /** The key on which a draw falls, from 0 to the sum of all weights. */
    int at(long draw) {
        int low = 0;
        int high = keys.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (draw < weights[middle]) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** A draw that cannot fall on this key, made from one below the sum of all other weights. */
    long around(int index, long draw) {
        long before = index == 0 ? 0 : weights[index - 1];
        return draw < before ? draw : draw + keys[index].key().weight();
    }
}
