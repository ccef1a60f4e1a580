package dev.gateway4j.simulator.internal.strike;

import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.Frames;
import java.io.ByteArrayOutputStream;

/** Cuts a body into what faults count: single events of a stream, or the whole of anything else. */
final class Units extends Filter {
    private final boolean events;
    private final ByteArrayOutputStream open = new ByteArrayOutputStream();
    private long due;

    Units(Frames source, boolean events) {
        super(source);
        this.events = events;
    }

    @Override
    void chunk(Frame.Chunk chunk) {
        due = chunk.dueNanos();
        byte[] bytes = chunk.bytes();
        if (!events) {
            open.writeBytes(bytes);
            return;
        }
        int from = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n' && endsLine(bytes, i)) {
                open.write(bytes, from, i + 1 - from);
                from = i + 1;
                flush();
            }
        }
        open.write(bytes, from, bytes.length - from);
    }

    /** True if the line feed at this place follows another one. */
    private boolean endsLine(byte[] bytes, int at) {
        if (at > 0) {
            return bytes[at - 1] == '\n';
        }
        byte[] before = open.toByteArray();
        return before.length > 0 && before[before.length - 1] == '\n';
    }

    @Override
    void end(Frame frame) {
        flush();
        finish(frame);
    }

    private void flush() {
        emit(due, open.toByteArray());
        open.reset();
    }
}
