/**
 * Rate limits: the last gate before work. Entry class: {@link dev.gateway4j.okhttp.internal.limit.RateLimitInterceptor}. Bucket4j and the
 * Caffeine that holds its buckets are known in this room only.
 */
@NullMarked
package dev.gateway4j.okhttp.internal.limit;

import org.jspecify.annotations.NullMarked;
