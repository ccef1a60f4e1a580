/**
 * What the gateway adds to a call, to an event of a stream and to a body, measured beside the same work without it. Entry class: {@link
 * dev.gateway4j.benchmarks.ChainBenchmark}.
 */
@NullMarked
package dev.gateway4j.benchmarks;

import org.jspecify.annotations.NullMarked;
