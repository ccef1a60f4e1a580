package dev.gateway4j.simulator.internal.strike;

import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.Frames;

/** The same frames, later. */
final class Later implements Frames {
    private final Frames source;
    private final long nanos;

    Later(Frames source, long nanos) {
        this.source = source;
        this.nanos = nanos;
    }

    @Override
    public Frame next() {
        Frame frame = source.next();
        long due = frame.dueNanos() + nanos;
        if (frame instanceof Frame.Chunk chunk) {
            return new Frame.Chunk(due, chunk.bytes());
        }
        return frame instanceof Frame.Fault fault
                ? new Frame.Fault(due, fault.kind())
                : new Frame.End(due, ((Frame.End) frame).trailers());
    }

    @Override
    public void close() {
        source.close();
    }
}
