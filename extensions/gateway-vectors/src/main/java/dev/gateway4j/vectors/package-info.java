/** An index for many vectors, for the semantic cache. {@link dev.gateway4j.vectors.JVectorIndexes} is the entry; being on the class path is enough. */
@NullMarked
package dev.gateway4j.vectors;

import org.jspecify.annotations.NullMarked;
