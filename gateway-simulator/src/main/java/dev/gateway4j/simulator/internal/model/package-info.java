/** Which models there are, what they answer as, and how their family behaves on the wire. */
@NullMarked
package dev.gateway4j.simulator.internal.model;

import org.jspecify.annotations.NullMarked;
