package dev.gateway4j.simulator.internal.strike;

import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.spi.FaultKind;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.Frames;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Frames on their way through, changed one by one and no earlier than they are asked for. Used by one thread at a time. */
abstract class Filter implements Frames {
    private final Frames source;
    private final Queue<Frame.Chunk> ready = new ArrayDeque<>();
    private @Nullable Frame last;

    Filter(Frames source) {
        this.source = source;
    }

    @Override
    public final Frame next() {
        while (true) {
            Frame.Chunk chunk = ready.poll();
            if (chunk != null) {
                return chunk;
            }
            if (last != null) {
                return last;
            }
            Frame frame = source.next();
            if (frame instanceof Frame.Chunk arrived) {
                chunk(arrived);
            } else {
                end(frame);
            }
        }
    }

    @Override
    public final void close() {
        try {
            released();
        } finally {
            source.close();
        }
    }

    /** Frees what this filter itself occupies. */
    void released() {}

    /** Takes one chunk, and emits as many as it likes. */
    abstract void chunk(Frame.Chunk chunk);

    /** Takes the last frame. */
    void end(Frame frame) {
        finish(frame);
    }

    final void emit(long due, byte[] bytes) {
        if (bytes.length > 0) {
            ready.add(new Frame.Chunk(due, bytes));
        }
    }

    /** Ends the body; what comes after is never asked for. */
    final void finish(Frame frame) {
        if (last == null) {
            last = frame;
        }
    }

    final void fail(long due, FaultKind kind) {
        finish(new Frame.Fault(due, kind));
    }

    final void complete(long due) {
        finish(new Frame.End(due, WireHeaders.empty()));
    }

    final boolean finished() {
        return last != null;
    }
}
