/** Everything that looks random and is not: one fingerprint per request, draws seeded from it, and ids. No other room makes a draw of its own. */
@NullMarked
package dev.gateway4j.simulator.internal.chance;

import org.jspecify.annotations.NullMarked;
