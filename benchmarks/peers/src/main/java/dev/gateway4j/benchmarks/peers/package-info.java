/** Other libraries, doing what ours does in {@code dev.gateway4j.benchmarks}. */
@NullMarked
package dev.gateway4j.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
