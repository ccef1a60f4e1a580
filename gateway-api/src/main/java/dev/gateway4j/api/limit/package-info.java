/** Rate limits: what is counted, for whom, and what became of a call at them. */
@NullMarked
package dev.gateway4j.api.limit;

import org.jspecify.annotations.NullMarked;
