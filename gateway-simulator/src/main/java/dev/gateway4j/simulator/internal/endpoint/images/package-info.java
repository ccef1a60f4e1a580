/** Makes pictures: generations, edits, variations, and the files that answers point to. Entry: ImageEndpoints. */
@NullMarked
package dev.gateway4j.simulator.internal.endpoint.images;

import org.jspecify.annotations.NullMarked;
