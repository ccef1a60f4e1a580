package dev.gateway4j.simulator.internal.plan;

import dev.gateway4j.simulator.internal.tokens.Pieces;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a source of text wants to say, before limits and stop sequences.
 *
 * @param text the text
 * @param finish a finish that overrides what would follow from the text
 * @param input prompt tokens that override those counted
 * @param output answer tokens that override those counted
 */
public record Draft(Pieces text, Optional<Finish> finish, OptionalLong input, OptionalLong output) {
    /** A text and nothing else. */
    public static Draft of(Pieces text) {
        return new Draft(text, Optional.empty(), OptionalLong.empty(), OptionalLong.empty());
    }
}
