/** Vectors for texts, such that similar texts are near. Entry: Embedder. */
@NullMarked
package dev.gateway4j.simulator.internal.embed;

import org.jspecify.annotations.NullMarked;
