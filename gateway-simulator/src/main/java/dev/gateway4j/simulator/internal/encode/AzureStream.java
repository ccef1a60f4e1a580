package dev.gateway4j.simulator.internal.encode;

import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.simulator.internal.json.Json;
import java.nio.charset.StandardCharsets;

/**
 * A stream of completions as Azure sends it: first what its filters found in the prompt, then the chunks with what they found in the answer.
 * Padding stays as it was, for Azure adds its members after it was measured. Used by one thread at a time.
 */
public final class AzureStream implements Frames {
    private static final String DATA = "data: ";
    private static final String JSON = "data: {";

    private final Frames chunks;
    private boolean begun;
    private Frame held = new Frame.Chunk(0, new byte[0]);

    /** The stream of these chunks. */
    public AzureStream(Frames chunks) {
        this.chunks = chunks;
    }

    @Override
    public Frame next() {
        if (!begun) {
            begun = true;
            held = rewritten(chunks.next());
            return new Frame.Chunk(held.dueNanos(), Json.bytes(DATA + AzureBodies.promptChunk() + "\n\n"));
        }
        Frame next = held;
        if (next instanceof Frame.Chunk) {
            held = rewritten(chunks.next());
        }
        return next;
    }

    @Override
    public void close() {
        chunks.close();
    }

    private static Frame rewritten(Frame frame) {
        if (!(frame instanceof Frame.Chunk chunk)) {
            return frame;
        }
        String event = new String(chunk.bytes(), StandardCharsets.UTF_8);
        return event.startsWith(JSON)
                ? new Frame.Chunk(
                        chunk.dueNanos(),
                        Json.bytes(DATA
                                + AzureBodies.chunk(
                                        event.substring(DATA.length()).strip()) + "\n\n"))
                : chunk;
    }
}
