/** Where every request arrives and every reply leaves: the order of the stages, and the list of what is simulated. Entry: Desk. */
@NullMarked
package dev.gateway4j.simulator.internal.desk;

import org.jspecify.annotations.NullMarked;
