package dev.gateway4j.simulator.internal.encode;

import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.simulator.internal.json.Json;
import org.jspecify.annotations.Nullable;

/** A stream of events, each made only when it is asked for. Used by one thread at a time. */
public abstract class Events implements Frames {
    private final long expectedEnd;
    private long due;
    private boolean ended;

    Events(long due, long expectedEnd) {
        this.due = due;
        this.expectedEnd = expectedEnd;
    }

    @Override
    public final Frame next() {
        @Nullable String event = ended ? null : event();
        if (event == null) {
            ended = true;
            return new Frame.End(due, WireHeaders.empty());
        }
        return new Frame.Chunk(due, Json.bytes(event));
    }

    @Override
    public final void close() {
        ended = true;
    }

    /** When the last event will be due, about: gaps between tokens are drawn as they come. */
    public final long expectedEnd() {
        return expectedEnd;
    }

    /** The next event with the line breaks after it, or null after the last. Moves the time on by {@link #later} and {@link #at}. */
    abstract @Nullable String event();

    final void later(long nanos) {
        due += nanos;
    }

    final long due() {
        return due;
    }

    final void at(long nanos) {
        due = Math.max(due, nanos);
    }
}
