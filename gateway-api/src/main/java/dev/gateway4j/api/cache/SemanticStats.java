package dev.gateway4j.api.cache;

import java.math.BigDecimal;

/**
 * How similar questions were dealt with, since the gateway was made.
 *
 * @param vectors how many questions can be found
 * @param lookups how often a similar question was looked for
 * @param hits how often one was found; in shadow mode, how often one would have been given
 * @param guarded how often the nearest was similar enough but a guard or the verifier said no
 * @param failures how often no vector could be had in time
 * @param sampled how many hits were asked again, to compare
 * @param wrong how many of these had another answer
 * @param embeddingUsd what embedding has cost, unpriced calls left out
 */
public record SemanticStats(
        long vectors,
        long lookups,
        long hits,
        long guarded,
        long failures,
        long sampled,
        long wrong,
        BigDecimal embeddingUsd) {
    /** Nothing happened. */
    public static final SemanticStats NONE = new SemanticStats(0, 0, 0, 0, 0, 0, 0, BigDecimal.ZERO);

    /** The share of sampled hits that had another answer; 0 if none was sampled. */
    public double errorRate() {
        return sampled == 0 ? 0 : (double) wrong / sampled;
    }
}
