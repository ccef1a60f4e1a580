/** Vector stores and the search in them. Entry: VectorEndpoints; a tool searches through VectorSearch. */
@NullMarked
package dev.gateway4j.simulator.internal.endpoint.vectors;

import org.jspecify.annotations.NullMarked;
