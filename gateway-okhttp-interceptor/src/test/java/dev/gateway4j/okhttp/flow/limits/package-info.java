/** Stories of the rate limits: the whole gateway, one story per test. */
@NullMarked
package dev.gateway4j.okhttp.flow.limits;

import org.jspecify.annotations.NullMarked;
