/** Faults as text: their names, their settings, when and for whom they strike. What they do to an answer is told in the room strike. Entry: FaultBook. */
@NullMarked
package dev.gateway4j.simulator.internal.fault;

import org.jspecify.annotations.NullMarked;
