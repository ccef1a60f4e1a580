package dev.gateway4j.simulator.internal.strike;

import dev.gateway4j.api.spi.FaultKind;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.simulator.internal.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Lets some units through, then a part of the next, and then nothing more. */
final class BreakOff extends Filter {
    private static final byte LEAD_OF_TWO = (byte) 0xc3;

    private final int after;
    private final UnaryOperator<byte[]> part;
    private final Optional<FaultKind> fault;
    private int passed;

    /**
     * A body that breaks off.
     *
     * @param after how many units pass
     * @param part what passes of the next
     * @param fault how it breaks; none if it ends as if it were complete
     */
    BreakOff(Frames source, int after, UnaryOperator<byte[]> part, Optional<FaultKind> fault) {
        super(source);
        this.after = after;
        this.part = part;
        this.fault = fault;
    }

    @Override
    void chunk(Frame.Chunk chunk) {
        if (passed++ < after) {
            emit(chunk.dueNanos(), chunk.bytes());
        } else if (!finished()) {
            emit(chunk.dueNanos(), part.apply(chunk.bytes()));
            stop(chunk.dueNanos());
        }
    }

    /** A body too short to break where it should breaks where it ends. */
    @Override
    void end(Frame frame) {
        stop(frame.dueNanos());
    }

    private void stop(long due) {
        fault.ifPresentOrElse(kind -> fail(due, kind), () -> complete(due));
    }

    static byte[] nothing(byte[] unit) {
        return new byte[0];
    }

    static byte[] half(byte[] unit) {
        return Arrays.copyOf(unit, Math.max(1, unit.length / 2));
    }

    /** Up to the middle of the first character of several bytes, or of one that is put there. */
    static byte[] insideCharacter(byte[] unit) {
        for (int i = 0; i < unit.length; i++) {
            if ((unit[i] & 0xc0) == 0xc0) {
                return Arrays.copyOf(unit, i + 1);
            }
        }
        byte[] half = Arrays.copyOf(half(unit), half(unit).length + 1);
        half[half.length - 1] = LEAD_OF_TWO;
        return half;
    }

    /** The unit with the other line breaks, up to the middle of the last. */
    static byte[] insideLineBreak(byte[] unit) {
        String text = new String(unit, StandardCharsets.UTF_8).stripTrailing() + "\n";
        return Json.bytes(text.replace("\n", "\r\n")
                .substring(0, text.replace("\n", "\r\n").length() - 1));
    }
}
