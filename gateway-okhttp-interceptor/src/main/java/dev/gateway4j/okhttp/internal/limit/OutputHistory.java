package dev.gateway4j.okhttp.internal.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long the answers of each model were. Keeps a few hundred bytes for each of the models asked last; newer answers count more than older
 * ones. Thread-safe and lock-free.
 */
final class OutputHistory {
    /** What a model is taken for until enough of its answers were seen. */
    static final long UNKNOWN = 4_096;

    static final int ENOUGH = 20;
    private static final int MODELS = 1_000;

    private final Cache<String, Lengths> models =
            Caffeine.newBuilder().maximumSize(MODELS).executor(Runnable::run).build();

    void seen(String model, long outputTokens) {
        models.get(Names.bounded(model), unused -> new Lengths()).add(outputTokens);
    }

    /** What 95 of 100 answers stayed at or below, rounded up by an eighth at most. */
    long high(String model) {
        Lengths lengths = models.getIfPresent(Names.bounded(model));
        return lengths == null ? UNKNOWN : lengths.high();
    }

    /** Counts lengths in steps of an eighth of each power of two. */
    private static final class Lengths {
        private static final int STEPS_PER_DOUBLING = 8;
        private static final int SHIFT = 3;
        private static final int LARGEST = 32;
        private static final int SLOTS = (LARGEST - SHIFT + 1) * STEPS_PER_DOUBLING;
        private static final int TOTAL = SLOTS;
        private static final long AGED = 1_024;

        private final AtomicLongArray counts = new AtomicLongArray(SLOTS + 1);

        void add(long length) {
            counts.incrementAndGet(slot(Math.max(0, Math.min(length, (1L << LARGEST) - 1))));
            if (counts.incrementAndGet(TOTAL) == AGED) {
                age();
            }
        }

        /** Whoever counts while this runs may be counted half or whole; the picture stays right. */
        private void age() {
            long left = 0;
            for (int slot = 0; slot < SLOTS; slot++) {
                left += counts.updateAndGet(slot, count -> count / 2);
            }
            counts.set(TOTAL, Math.min(left, AGED / 2));
        }

        long high() {
            long total = 0;
            for (int slot = 0; slot < SLOTS; slot++) {
                total += counts.get(slot);
            }
            if (total < ENOUGH) {
                return UNKNOWN;
            }
            long above = total / 20;
            int slot = SLOTS - 1;
            for (; slot > 0; slot--) {
                above -= counts.get(slot);
                if (above < 0) {
                    break;
                }
            }
            return highest(slot);
        }

        private static int slot(long length) {
            if (length < STEPS_PER_DOUBLING) {
                return (int) length;
            }
            int doubling = Long.SIZE - 1 - Long.numberOfLeadingZeros(length);
            int step = (int) (length >>> (doubling - SHIFT)) & (STEPS_PER_DOUBLING - 1);
            return (doubling - SHIFT + 1) * STEPS_PER_DOUBLING + step;
        }

        private static long highest(int slot) {
            if (slot < STEPS_PER_DOUBLING) {
                return slot;
            }
            int doubling = slot / STEPS_PER_DOUBLING - 1 + SHIFT;
            long step = (long) STEPS_PER_DOUBLING + slot % STEPS_PER_DOUBLING;
            return ((step + 1) << (doubling - SHIFT)) - 1;
        }
    }
}
