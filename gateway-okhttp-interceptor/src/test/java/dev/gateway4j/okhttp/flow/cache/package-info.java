/** Stories of the cache: the whole gateway, one story per test. */
@NullMarked
package dev.gateway4j.okhttp.flow.cache;

import org.jspecify.annotations.NullMarked;
