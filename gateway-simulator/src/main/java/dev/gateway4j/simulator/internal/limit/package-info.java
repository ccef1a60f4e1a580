/** The simulator's own rate limits: what a request is charged, buckets that refill without a pause, and what both say. Entry: Limiter. */
@NullMarked
package dev.gateway4j.simulator.internal.limit;

import org.jspecify.annotations.NullMarked;
