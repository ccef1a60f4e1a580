package dev.gateway4j.simulator.internal.strike;

import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.Frames;
import java.util.List;

/** Units of which each becomes any number of others. */
final class Replaced extends Filter {
    private final Replacement replacement;
    private int index;

    /** What becomes of a unit. */
    @FunctionalInterface
    interface Replacement {
        /** The units in place of the {@code index}-th, counted from 0. */
        List<byte[]> of(int index, byte[] unit);
    }

    Replaced(Frames source, Replacement replacement) {
        super(source);
        this.replacement = replacement;
    }

    @Override
    void chunk(Frame.Chunk chunk) {
        for (byte[] unit : replacement.of(index++, chunk.bytes())) {
            emit(chunk.dueNanos(), unit);
        }
    }
}
