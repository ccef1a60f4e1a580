/**
 * A simulated OpenAI that answers in process: plain request in, timed reply out. {@link dev.gateway4j.simulator.SimulatedOpenAi} is the
 * whole of it; a gateway finds it through {@link dev.gateway4j.simulator.SimulatedOpenAiProvider}.
 */
@NullMarked
package dev.gateway4j.simulator;

import org.jspecify.annotations.NullMarked;
