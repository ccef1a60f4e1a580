/** Batches, whose lines are sent through the simulated service itself. Entry: BatchEndpoints. */
@NullMarked
package dev.gateway4j.simulator.internal.endpoint.batches;

import org.jspecify.annotations.NullMarked;
