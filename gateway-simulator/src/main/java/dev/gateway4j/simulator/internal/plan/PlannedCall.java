package dev.gateway4j.simulator.internal.plan;

import dev.gateway4j.simulator.internal.request.Tool;
import dev.gateway4j.simulator.internal.tokens.Pieces;

/**
 * A tool that will be called.
 *
 * @param kind how it is called
 * @param name its name
 * @param arguments JSON for a function, a text for a custom tool
 */
public record PlannedCall(Tool.Kind kind, String name, Pieces arguments) {}
