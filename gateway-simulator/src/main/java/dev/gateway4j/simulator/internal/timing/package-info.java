/** How long things take: latency profiles and the due times drawn from them. */
@NullMarked
package dev.gateway4j.simulator.internal.timing;

import org.jspecify.annotations.NullMarked;
