/** Answers that were given before. {@link dev.gateway4j.okhttp.internal.cache.CacheInterceptor} is the door. Asks nobody for a key, a limit or a price of its own; what has to be asked upstream, a flight asks. */
@NullMarked
package dev.gateway4j.okhttp.internal.cache;

import org.jspecify.annotations.NullMarked;
