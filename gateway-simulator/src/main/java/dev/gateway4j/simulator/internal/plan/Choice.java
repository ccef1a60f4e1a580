package dev.gateway4j.simulator.internal.plan;

import dev.gateway4j.simulator.internal.tokens.Pieces;
import java.util.List;

/**
 * One answer.
 *
 * @param text what is said; empty where only tools are called or the answer is refused
 * @param refusal why nothing is said; empty if it is not refused
 * @param calls the tools to be called, in order
 * @param summary what is told of the reasoning; empty if nothing is
 * @param finish why it ends
 */
public record Choice(Pieces text, Pieces refusal, List<PlannedCall> calls, Pieces summary, Finish finish) {
    /** Copies the list. */
    public Choice {
        calls = List.copyOf(calls);
    }

    /** A text and nothing else. */
    public static Choice of(Pieces text, Finish finish) {
        return new Choice(text, Pieces.NONE, List.of(), Pieces.NONE, finish);
    }
}
