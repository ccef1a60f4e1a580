package dev.gateway4j.simulator.internal.strike;

import dev.gateway4j.api.spi.FaultKind;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.Frames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** The same bytes compressed, each chunk complete in itself so that a stream still streams; or all but the last of them. */
final class Gzipped extends Filter {
    private static final int BUFFER = 512;
    /** The checksum and half of what comes before it. */
    private static final int MISSING = 9;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private @Nullable GZIPOutputStream gzip;
    private final boolean cut;

    Gzipped(Frames source, boolean cut) {
        super(source);
        this.cut = cut;
    }

    @Override
    void chunk(Frame.Chunk chunk) {
        try {
            GZIPOutputStream open = open();
            open.write(chunk.bytes());
            open.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        emit(chunk.dueNanos(), taken());
    }

    @Override
    void end(Frame frame) {
        if (!(frame instanceof Frame.End)) {
            finish(frame);
            return;
        }
        try {
            open().close();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        byte[] tail = taken();
        if (cut) {
            emit(frame.dueNanos(), Arrays.copyOf(tail, Math.max(0, tail.length - MISSING)));
            fail(frame.dueNanos(), FaultKind.CUT);
        } else {
            emit(frame.dueNanos(), tail);
            finish(frame);
        }
    }

    @Override
    void released() {
        try {
            if (gzip != null) {
                gzip.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
    }

    /** It occupies memory outside of the heap, so there is none before it is needed and none after. */
    private GZIPOutputStream open() throws IOException {
        GZIPOutputStream open = gzip;
        if (open == null) {
            open = new GZIPOutputStream(out, BUFFER, true);
            gzip = open;
        }
        return open;
    }

    private byte[] taken() {
        byte[] bytes = out.toByteArray();
        out.reset();
        return bytes;
    }
}
