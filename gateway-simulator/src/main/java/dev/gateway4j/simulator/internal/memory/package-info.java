/** Bounded memory shared by all requests. */
@NullMarked
package dev.gateway4j.simulator.internal.memory;

import org.jspecify.annotations.NullMarked;
