package dev.gateway4j.okhttp.internal.cache;

import dev.gateway4j.api.call.Ending;
import dev.gateway4j.okhttp.internal.body.BodyObserver;
import dev.gateway4j.okhttp.internal.cache.shape.Rendition;
import dev.gateway4j.okhttp.internal.call.Patience;
import java.io.IOException;
import okio.Buffer;
import okio.Source;
import okio.Timeout;
import org.jspecify.annotations.Nullable;

/** A kept stream as a body, event by event with the pauses of the original, each waited for on the reader's thread. */
final class PacedSource implements Source, BodyObserver {
    private final Rendition rendition;
    private final Patience patience;
    private final long startNanos;
    private int event;
    private int offset;
    private boolean closed;

    PacedSource(Rendition rendition, Patience patience, long startNanos) {
        this.rendition = rendition;
        this.patience = patience;
        this.startNanos = startNanos;
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        int[] ends = rendition.ends();
        while (event < ends.length && offset == ends[event]) {
            event++;
        }
        if (event == ends.length) {
            return -1;
        }
        patience.await(startNanos + rendition.atNanos()[event]);
        int count = (int) Math.min(byteCount, ends[event] - offset);
        sink.write(rendition.body(), offset, count);
        offset += count;
        return count;
    }

    /** Who stops at the event that says so has everything. */
    @Override
    public Completeness completeness() {
        int[] ends = rendition.ends();
        return ends.length > 0 && offset == ends[ends.length - 1] ? Completeness.COMPLETE : Completeness.UNKNOWN;
    }

    @Override
    public void ended(Ending ending, @Nullable IOException failure) {
        // Nothing is held.
    }

    @Override
    public Timeout timeout() {
        return Timeout.NONE;
    }

    @Override
    public void close() {
        closed = true;
    }
}
