package dev.gateway4j.cassette.internal.record;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Collects a body while it passes by: every byte is copied once, into blocks that never move, and every arrival is noted. Not
 * thread-safe.
 */
final class BodyTape {
    /** More bytes than this are not kept, for they would have to be held in memory several times to be written. */
    static final int MAX_BYTES = 64 * 1024 * 1024;

    private static final int BLOCK = 16 * 1024;

    private final int limit;
    private final List<byte[]> full = new ArrayList<>();
    private final Arrivals arrivals = new Arrivals();
    private byte[] block = new byte[0];
    private int used;
    private long length;

    BodyTape(int limit) {
        this.limit = limit;
    }

    void add(byte[] bytes, int offset, int count, long atNanos) {
        length += count;
        if (overflowed()) {
            full.clear();
            block = new byte[0];
            return;
        }
        arrivals.add(atNanos, count);
        int fits = Math.min(count, block.length - used);
        System.arraycopy(bytes, offset, block, used, fits);
        used += fits;
        if (fits < count) {
            full.add(block);
            block = new byte[Math.max(BLOCK, count - fits)];
            used = count - fits;
            System.arraycopy(bytes, offset + fits, block, 0, used);
        }
    }

    /** True if there was more than is kept; then nothing is. */
    boolean overflowed() {
        return length > limit;
    }

    /** How many bytes there were. */
    long length() {
        return length;
    }

    Arrivals arrivals() {
        return arrivals;
    }

    /** Everything in one piece. */
    byte[] bytes() {
        byte[] all = new byte[(int) length];
        int at = 0;
        for (byte[] one : full) {
            System.arraycopy(one, 0, all, at, one.length);
            at += one.length;
        }
        System.arraycopy(block, 0, all, at, used);
        full.clear();
        block = new byte[0];
        return all;
    }

    /** When which part of the body arrived. */
    static final class Arrivals {
        /** More are not written down: neighbours are joined, at the time of the later one. */
        static final int MAX = 5_000;

        private long[] times = new long[16];
        private long[] ends = new long[16];
        private int count;
        private long total;

        void add(long atNanos, int bytes) {
            if (bytes == 0) {
                return;
            }
            if (count == 2 * MAX) {
                joinNeighbours();
            }
            if (count == times.length) {
                times = Arrays.copyOf(times, Math.min(2 * MAX, 2 * count));
                ends = Arrays.copyOf(ends, times.length);
            }
            total += bytes;
            times[count] = atNanos;
            ends[count++] = total;
        }

        int count() {
            return count;
        }

        private void joinNeighbours() {
            for (int i = 0; i < count / 2; i++) {
                times[i] = times[2 * i + 1];
                ends[i] = ends[2 * i + 1];
            }
            if (count % 2 == 1) {
                times[count / 2] = times[count - 1];
                ends[count / 2] = ends[count - 1];
            }
            count = (count + 1) / 2;
        }

        /**
         * The arrivals as {@code MICROS+BYTES} after one another, each counted from the one before and the first from the headers.
         *
         * @param headNanos when the headers arrived
         * @param moved where the end of a part lies in the body that is saved
         */
        String text(long headNanos, java.util.function.LongUnaryOperator moved) {
            if (count > MAX) {
                joinNeighbours();
            }
            StringBuilder text = new StringBuilder();
            long timeBefore = 0;
            long endBefore = 0;
            for (int i = 0; i < count; i++) {
                long micros = Math.max(timeBefore, (times[i] - headNanos) / 1_000);
                long end = Math.max(endBefore, moved.applyAsLong(ends[i]));
                if (end > endBefore) {
                    text.append(text.length() == 0 ? "" : " ")
                            .append(micros - timeBefore)
                            .append('+')
                            .append(end - endBefore);
                    timeBefore = micros;
                    endBefore = end;
                }
            }
            return text.toString();
        }
    }
}
