package dev.gateway4j.simulator.internal.timing;

import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.api.spi.WireAnswer;
import dev.gateway4j.api.spi.WireReply;

/** An answer, of which every part comes so much later. */
public final class Later implements Frames {
    private final Frames frames;
    private final long nanos;

    private Later(Frames frames, long nanos) {
        this.frames = frames;
        this.nanos = nanos;
    }

    /** The answer so many nanoseconds later. */
    public static WireAnswer by(long nanos, WireAnswer answer) {
        if (answer instanceof WireReply reply) {
            return by(nanos, reply);
        }
        Frame.Fault fault = (Frame.Fault) answer;
        return new Frame.Fault(fault.dueNanos() + nanos, fault.kind());
    }

    /** The reply so many nanoseconds later. */
    public static WireReply by(long nanos, WireReply reply) {
        return nanos == 0
                ? reply
                : new WireReply(
                        reply.status(), reply.headers(), reply.dueNanos() + nanos, new Later(reply.frames(), nanos));
    }

    @Override
    public Frame next() {
        Frame frame = frames.next();
        if (frame instanceof Frame.Chunk chunk) {
            return new Frame.Chunk(chunk.dueNanos() + nanos, chunk.bytes());
        }
        if (frame instanceof Frame.End end) {
            return new Frame.End(end.dueNanos() + nanos, end.trailers());
        }
        Frame.Fault fault = (Frame.Fault) frame;
        return new Frame.Fault(fault.dueNanos() + nanos, fault.kind());
    }

    @Override
    public void close() {
        frames.close();
    }
}
