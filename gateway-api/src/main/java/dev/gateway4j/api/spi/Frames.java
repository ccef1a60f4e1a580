package dev.gateway4j.api.spi;

import dev.gateway4j.api.WireHeaders;
import java.util.List;

/**
 * The body of a reply as a sequence of timed frames, pulled on demand. Used by one thread at a time.
 *
 * <p>The sequence is any number of {@link Frame.Chunk}s and then exactly one {@link Frame.End} or {@link Frame.Fault}; after that {@link
 * #next()} answers that last frame again. {@link #close()} may come at any time and frees whatever the reply occupies.
 */
public interface Frames extends AutoCloseable {
    /** The next frame. Never blocks and never sleeps; a frame that is due later says so. */
    Frame next();

    /** Frees what the reply occupies. Called exactly once, after the last frame or before it. */
    @Override
    void close();

    /** A body that is there at once and ends at once. */
    static Frames of(byte[] body, long dueNanos) {
        Frame end = new Frame.End(dueNanos, WireHeaders.empty());
        return of(body.length == 0 ? List.of(end) : List.of(new Frame.Chunk(dueNanos, body), end));
    }

    /** A body of given frames, the last of which is an end or a fault. */
    static Frames of(List<Frame> frames) {
        return new ListFrames(frames);
    }
}
