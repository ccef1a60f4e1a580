package dev.gateway4j.cassette.internal.replay;

import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.Frames;
import java.util.Arrays;
import java.util.function.LongFunction;

/** A recorded body, a piece at a time. Used by one thread at a time. */
final class RecordedFrames implements Frames {
    private final byte[] body;
    private final Arrivals arrivals;
    private final long headDue;
    private final Timing timing;
    private final LongFunction<Frame> last;
    private int next;

    /** {@code last} makes the end, or the fault in its place, of the time at which it is due. */
    RecordedFrames(byte[] body, Arrivals arrivals, long headDue, Timing timing, LongFunction<Frame> last) {
        this.body = body;
        this.arrivals = arrivals;
        this.headDue = headDue;
        this.timing = timing;
        this.last = last;
    }

    @Override
    public Frame next() {
        int[] ends = arrivals.ends();
        if (next == ends.length) {
            return last.apply(due(ends.length - 1));
        }
        int from = next == 0 ? 0 : ends[next - 1];
        long due = due(next);
        int to = ends[next++];
        return new Frame.Chunk(due, from == 0 && to == body.length ? body : Arrays.copyOfRange(body, from, to));
    }

    private long due(int index) {
        return index < 0 ? headDue : headDue + timing.piece(index, arrivals.nanos()[index]);
    }

    @Override
    public void close() {}
}
