/** What the simulated service remembers between calls. */
@NullMarked
package dev.gateway4j.simulator.internal.store;

import org.jspecify.annotations.NullMarked;
