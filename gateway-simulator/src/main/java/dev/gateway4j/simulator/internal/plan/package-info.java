/** What will be answered, before anybody decides how it looks on the wire. */
@NullMarked
package dev.gateway4j.simulator.internal.plan;

import org.jspecify.annotations.NullMarked;
