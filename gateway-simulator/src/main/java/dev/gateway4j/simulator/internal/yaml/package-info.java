/** Files written by people, read with the line of everything. */
@NullMarked
package dev.gateway4j.simulator.internal.yaml;

import org.jspecify.annotations.NullMarked;
