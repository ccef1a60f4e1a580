package dev.gateway4j.okhttp.internal.cache.shape;

import java.util.Arrays;

/** Copies a stream without the parts that are dropped, and notes where its events end then. Used from front to back. */
final class Rewriter {
    private final StoredAnswer answer;
    private final byte[] out;
    private final int[] ends;
    private final long[] times;

    private int read;
    private int written;
    private int count;

    Rewriter(StoredAnswer answer, int events) {
        this.answer = answer;
        this.out = new byte[answer.body().length];
        this.ends = new int[events];
        this.times = new long[events];
    }

    void drop(int from, int to) {
        copyTo(from);
        read = to;
    }

    /** Notes the end of an event; one of which nothing is left is no event. */
    void eventEnds(int event) {
        int before = count == 0 ? 0 : ends[count - 1];
        copyTo(Math.max(read, answer.ends()[event]));
        if (written > before) {
            ends[count] = written;
            times[count++] = answer.atNanos()[event];
        }
    }

    private void copyTo(int position) {
        System.arraycopy(answer.body(), read, out, written, position - read);
        written += position - read;
        read = position;
    }

    Rendition rendition() {
        return new Rendition(
                answer.contentType(),
                Arrays.copyOf(out, written),
                Arrays.copyOf(ends, count),
                Arrays.copyOf(times, count));
    }
}
