/** Whether two texts that are near to each other ask the same. {@link dev.gateway4j.okhttp.internal.cache.semantic.guard.Guards} is the entry. Pure: reads texts, knows no vectors. Costs hits rather than ever letting a wrong one through. */
@NullMarked
package dev.gateway4j.okhttp.internal.cache.semantic.guard;

import org.jspecify.annotations.NullMarked;
