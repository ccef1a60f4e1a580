/** What the cache does, step by step. */
@NullMarked
package dev.gateway4j.examples.caching;

import org.jspecify.annotations.NullMarked;
