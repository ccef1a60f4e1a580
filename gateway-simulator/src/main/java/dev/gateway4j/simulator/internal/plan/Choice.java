package dev.gateway4j.simulator.internal.plan;

import dev.gateway4j.simulator.internal.tokens.Pieces;

/**
 * One answer.
 *
 * @param text what is said
 * @param finish why it ends
 */
public record Choice(Pieces text, Finish finish) {}
