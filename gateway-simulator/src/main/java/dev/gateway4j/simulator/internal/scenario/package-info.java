/** Answers set for a test: which request gets which, in which order. */
@NullMarked
package dev.gateway4j.simulator.internal.scenario;

import org.jspecify.annotations.NullMarked;
