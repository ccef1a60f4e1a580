/** One call upstream for all who ask the same at the same time. {@link dev.gateway4j.okhttp.internal.cache.flight.Flights} is the entry. Knows nothing of what is kept. */
@NullMarked
package dev.gateway4j.okhttp.internal.cache.flight;

import org.jspecify.annotations.NullMarked;
