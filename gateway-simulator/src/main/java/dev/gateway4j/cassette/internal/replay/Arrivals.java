package dev.gateway4j.cassette.internal.replay;

import java.util.Arrays;
import java.util.Optional;

/**
 * The pieces of a body and when each arrived.
 *
 * @param ends where each piece ends
 * @param nanos how long after the headers each arrived
 */
@SuppressWarnings("ArrayRecordComponent") // identity is enough: never compared
public record Arrivals(int[] ends, long[] nanos) {
    private static final int MAX_DIGITS = 15;
    private static final long MAX_MICROS = 1_000_000_000_000L;

    /** Pieces that arrive together with the headers. */
    static Arrivals atOnce(int[] ends) {
        return new Arrivals(ends, new long[ends.length]);
    }

    /**
     * Pieces as they were recorded, {@code MICROS+BYTES} after one another, each time counted from the piece before. If their sizes do not
     * make up the body, which is so when something was taken out of it, the events of the body are spread evenly over the same time.
     */
    static Arrivals recorded(Optional<String> chunks, byte[] body, EventCutter cutter) {
        int[] events = cutter.ends(body);
        if (chunks.isEmpty()) {
            return atOnce(events);
        }
        Optional<Arrivals> exact = read(chunks.get().strip());
        if (exact.isEmpty()) {
            return atOnce(events);
        }
        return exact.get().length() == body.length
                ? exact.get()
                : spread(events, exact.get().lastNanos());
    }

    private static Arrivals spread(int[] ends, long over) {
        long[] nanos = new long[ends.length];
        for (int i = 0; i < ends.length; i++) {
            nanos[i] = over / ends.length * (i + 1);
        }
        return new Arrivals(ends, nanos);
    }

    /** Empty if it does not say what it should. Pieces without a byte only make the next one later. */
    public static Optional<Arrivals> read(String chunks) {
        String[] entries = chunks.isEmpty() ? new String[0] : chunks.split("\\s+");
        int[] ends = new int[entries.length];
        long[] nanos = new long[entries.length];
        long micros = 0;
        long end = 0;
        int count = 0;
        for (String entry : entries) {
            int plus = entry.indexOf('+');
            if (!isNumber(entry, 0, plus) || !isNumber(entry, plus + 1, entry.length())) {
                return Optional.empty();
            }
            long size = Long.parseLong(entry, plus + 1, entry.length(), 10);
            micros = Math.min(micros + Long.parseLong(entry, 0, plus, 10), MAX_MICROS);
            end += size;
            if (end > Integer.MAX_VALUE) {
                return Optional.empty();
            }
            if (size > 0) {
                ends[count] = (int) end;
                nanos[count++] = micros * 1000;
            }
        }
        return Optional.of(new Arrivals(Arrays.copyOf(ends, count), Arrays.copyOf(nanos, count)));
    }

    private static boolean isNumber(String text, int from, int to) {
        if (to <= from || to - from > MAX_DIGITS) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private int length() {
        return ends.length == 0 ? 0 : ends[ends.length - 1];
    }

    private long lastNanos() {
        return nanos.length == 0 ? 0 : nanos[nanos.length - 1];
    }
}
