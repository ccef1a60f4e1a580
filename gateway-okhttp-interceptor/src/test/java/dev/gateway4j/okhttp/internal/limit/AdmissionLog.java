package dev.gateway4j.okhttp.internal.limit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What was admitted to one bucket, with what it finally cost. Says for every window of time at once whether more than the capacity and what
 * came in during the window was admitted: a bucket that leaks at the rate and is filled by the admissions never holds more than the capacity.
 */
final class AdmissionLog {
    private record Entry(long atNanos, long amount) {}

    private final List<Entry> entries = new ArrayList<>();

    synchronized void add(long atNanos, long amount) {
        entries.add(new Entry(atNanos, amount));
    }

    /** By how much the worst window overshot; 0 or less for not at all. In parts of a window's worth of nanoseconds, so it is exact. */
    synchronized long overshoot(long capacity, Duration window) {
        long brim = Math.multiplyExact(capacity, window.toNanos());
        long level = 0;
        long before = 0;
        long worst = Long.MIN_VALUE;
        entries.sort(Comparator.comparingLong(Entry::atNanos));
        for (Entry entry : entries) {
            long leaked = Math.multiplyHigh(entry.atNanos - before, capacity) > 0
                    ? Long.MAX_VALUE
                    : Math.multiplyExact(entry.atNanos - before, capacity);
            level = Math.max(0, level - leaked);
            level = Math.addExact(level, Math.multiplyExact(entry.amount, window.toNanos()));
            before = entry.atNanos;
            worst = Math.max(worst, level - brim);
        }
        return worst;
    }

    synchronized long total() {
        return entries.stream().mapToLong(Entry::amount).sum();
    }

    synchronized int size() {
        return entries.size();
    }
}
