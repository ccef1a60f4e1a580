package dev.gateway4j.simulator.internal.plan;

import dev.gateway4j.simulator.internal.tokens.Pieces;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a source wants to answer, before limits and stop sequences.
 *
 * @param text what is said; may be empty
 * @param refusal why nothing is said; empty if it is not refused
 * @param calls the tools to be called
 * @param summary what is told of the reasoning; empty if nothing is
 * @param finish a finish that overrides what would follow from the rest
 * @param usage numbers that override those counted
 */
public record Draft(
        Pieces text,
        Pieces refusal,
        List<PlannedCall> calls,
        Pieces summary,
        Optional<Finish> finish,
        UsageOverride usage) {
    /** Copies the list. */
    public Draft {
        calls = List.copyOf(calls);
    }

    /** A text and nothing else. */
    public static Draft of(Pieces text) {
        return new Draft(text, Pieces.NONE, List.of(), Pieces.NONE, Optional.empty(), UsageOverride.NONE);
    }

    /** Calls of tools and nothing else. */
    public static Draft of(List<PlannedCall> calls) {
        return new Draft(Pieces.NONE, Pieces.NONE, calls, Pieces.NONE, Optional.empty(), UsageOverride.NONE);
    }

    /**
     * Numbers that override those counted; one that is absent overrides nothing.
     *
     * @param input prompt tokens
     * @param cached those of them read from the prompt cache
     * @param output answer tokens
     * @param reasoning those of them spent on reasoning
     */
    public record UsageOverride(OptionalLong input, OptionalLong cached, OptionalLong output, OptionalLong reasoning) {
        /** Overrides nothing. */
        public static final UsageOverride NONE = new UsageOverride(
                OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
    }
}
