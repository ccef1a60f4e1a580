/** How things of one kind are found, listed, changed and deleted. Entry: Kept. Knows no kind in particular. */
@NullMarked
package dev.gateway4j.simulator.internal.endpoint.keep;

import org.jspecify.annotations.NullMarked;
