/** Invented people, places and numbers that look real and are nobody's. */
@NullMarked
package dev.gateway4j.simulator.internal.fake;

import org.jspecify.annotations.NullMarked;
