package dev.gateway4j.okhttp.internal.transport;

import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.okhttp.internal.call.Patience;
import java.io.IOException;
import okio.Buffer;
import okio.Source;
import okio.Timeout;
import org.jspecify.annotations.Nullable;

/** A stand-in's frames as a body: pulled on demand, each waited for on the reader's thread. */
final class FramesSource implements Source {
    private final Frames frames;
    private final Patience patience;
    private final String host;
    private Frame.@Nullable Chunk current;
    private int offset;
    private boolean ended;
    private boolean closed;
    private boolean released;

    FramesSource(Frames frames, Patience patience, String host) {
        this.frames = frames;
        this.patience = patience;
        this.host = host;
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        if (ended) {
            return -1;
        }
        Frame.Chunk chunk = current != null ? current : next();
        if (chunk == null) {
            return -1;
        }
        int count = (int) Math.min(byteCount, chunk.bytes().length - offset);
        sink.write(chunk.bytes(), offset, count);
        offset += count;
        current = offset < chunk.bytes().length ? chunk : null;
        return count;
    }

    /** The next bytes, or null at the end. As with a socket, what the reply occupies is freed at its end and at a failure, not at close. */
    private Frame.@Nullable Chunk next() throws IOException {
        try {
            Frame frame = frames.next();
            if (frame instanceof Frame.Fault fault) {
                throw Faults.await(fault, patience, host);
            }
            patience.await(frame.dueNanos());
            if (frame instanceof Frame.Chunk chunk) {
                offset = 0;
                return chunk;
            }
            ended = true;
        } catch (IOException e) {
            release();
            throw e;
        }
        release();
        return null;
    }

    @Override
    public Timeout timeout() {
        return Timeout.NONE;
    }

    @Override
    public void close() {
        closed = true;
        release();
    }

    private void release() {
        if (!released) {
            released = true;
            frames.close();
        }
    }
}
