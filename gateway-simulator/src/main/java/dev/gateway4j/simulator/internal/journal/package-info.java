/** What was asked and answered. */
@NullMarked
package dev.gateway4j.simulator.internal.journal;

import org.jspecify.annotations.NullMarked;
