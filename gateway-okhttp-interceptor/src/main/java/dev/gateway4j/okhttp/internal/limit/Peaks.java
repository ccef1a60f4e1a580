package dev.gateway4j.okhttp.internal.limit;

import java.util.Arrays;

/**
 * How near to full a bucket came since each of the latest takings. A reservation that is given back may only bring what would be there had it
 * never been made: while it was held the bucket went on filling, and where it came within {@code n} of its brim, all but {@code n} of the
 * reservation has been replaced already.
 *
 * <p>Pairs of (number of a taking, what was missing just before it); both only grow from pair to pair, for an earlier taking that found more
 * missing says nothing that the later one does not. Beyond {@link #MOST} pairs the two that say almost the same become one, which errs
 * towards giving back less. Immutable arrays.
 */
final class Peaks {
    static final long[] NONE = {};
    private static final int MOST = 12;
    /** The latest pairs stay exact: they are what a refused call needs to undo what it took a moment ago. */
    private static final int EXACT = 4;

    private Peaks() {}

    /** What was missing at the fullest moment just before a taking later than this one; {@link Long#MAX_VALUE} if there was none. */
    static long missingSince(long[] peaks, long ticket) {
        int at = firstAfter(peaks, ticket);
        return at < peaks.length ? peaks[at + 1] : Long.MAX_VALUE;
    }

    /** With one more taking. */
    static long[] taken(long[] peaks, long ticket, long missing) {
        int kept = peaks.length;
        while (kept > 0 && peaks[kept - 1] >= missing) {
            kept -= 2;
        }
        if (kept == 2 * MOST) {
            return merged(peaks, ticket, missing);
        }
        long[] more = Arrays.copyOf(peaks, kept + 2);
        more[kept] = ticket;
        more[kept + 1] = missing;
        return more;
    }

    /** As if so much had never been taken with this ticket. */
    static long[] without(long[] peaks, long ticket, long amount) {
        int at = firstAfter(peaks, ticket);
        if (at == peaks.length) {
            return peaks;
        }
        long missing = peaks[at + 1] - amount;
        int kept = at;
        while (kept > 0 && peaks[kept - 1] >= missing) {
            kept -= 2;
        }
        long[] fuller = new long[peaks.length - at + kept];
        System.arraycopy(peaks, 0, fuller, 0, kept);
        for (int i = at; i < peaks.length; i += 2) {
            fuller[kept++] = peaks[i];
            fuller[kept++] = peaks[i + 1] - amount;
        }
        return fuller;
    }

    private static int firstAfter(long[] peaks, long ticket) {
        int at = 0;
        while (at < peaks.length && peaks[at] <= ticket) {
            at += 2;
        }
        return at;
    }

    /** Drops the pair whose neighbour before it misses hardly less, counted in parts of what is missing. */
    private static long[] merged(long[] peaks, long ticket, long missing) {
        int drop = 2;
        double nearest = -1;
        for (int i = 2; i < peaks.length - 2 * EXACT; i += 2) {
            double near = (double) peaks[i - 1] / peaks[i + 1];
            if (near > nearest) {
                nearest = near;
                drop = i;
            }
        }
        long[] same = new long[peaks.length];
        System.arraycopy(peaks, 0, same, 0, drop);
        System.arraycopy(peaks, drop + 2, same, drop, peaks.length - drop - 2);
        same[drop - 2] = peaks[drop];
        same[same.length - 2] = ticket;
        same[same.length - 1] = missing;
        return same;
    }
}
