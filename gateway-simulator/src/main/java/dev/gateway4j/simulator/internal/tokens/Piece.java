package dev.gateway4j.simulator.internal.tokens;

/**
 * A bit of text that is never sent in parts.
 *
 * @param text whole characters
 * @param tokens how many tokens it is; more than one only where a token ends inside a character
 */
public record Piece(String text, int tokens) {}
