/** How faults strike: errors in place of answers, connections that fail, streams that break. Entry: Strikes. */
@NullMarked
package dev.gateway4j.simulator.internal.strike;

import org.jspecify.annotations.NullMarked;
