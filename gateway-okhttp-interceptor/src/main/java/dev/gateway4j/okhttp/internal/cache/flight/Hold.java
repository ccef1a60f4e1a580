package dev.gateway4j.okhttp.internal.cache.flight;

import dev.gateway4j.okhttp.internal.cache.shape.Landed;
import java.util.Arrays;
import okio.Buffer;

/**
 * The bytes of a flight that somebody may still want. Whoever reads shares its segments and copies nothing. Up to its bound it holds all of
 * them; beyond it only those that are not dropped. Guarded by the lock of its flight.
 */
final class Hold {
    private static final int MOST = Integer.MAX_VALUE - 64;

    private final Buffer bytes = new Buffer();
    private final long bound;
    private long start;
    private int[] ends = new int[16];
    private long[] at = new long[16];
    private int pieces;
    private boolean overflowed;

    Hold(long bound) {
        this.bound = Math.min(bound, MOST);
    }

    /** How many bytes have arrived. */
    long end() {
        return start + bytes.size();
    }

    /** True once more has arrived than is kept. */
    boolean overflowed() {
        return overflowed;
    }

    void add(Buffer piece, long nanos) {
        overflowed = overflowed || end() + piece.size() > bound;
        bytes.write(piece, piece.size());
        if (!overflowed) {
            if (pieces == ends.length) {
                ends = Arrays.copyOf(ends, pieces * 2);
                at = Arrays.copyOf(at, pieces * 2);
            }
            ends[pieces] = (int) bytes.size();
            at[pieces] = nanos;
            pieces++;
        }
    }

    void read(Buffer sink, long from, long count) {
        bytes.copyTo(sink, from - start, count);
    }

    /** Nobody wants what comes before this place any more. */
    void dropBefore(long place) throws java.io.EOFException {
        bytes.skip(place - start);
        start = place;
    }

    /** Everything so far, sharing its segments: to be copied once the lock is free. */
    Buffer all() {
        return bytes.copy();
    }

    int[] pieces() {
        return Arrays.copyOf(ends, pieces);
    }

    /** When each piece had arrived, counted from the first; see {@link Landed}. */
    long[] times() {
        long[] since = new long[pieces];
        for (int i = 0; i < pieces; i++) {
            since[i] = at[i] - at[0];
        }
        return since;
    }
}
