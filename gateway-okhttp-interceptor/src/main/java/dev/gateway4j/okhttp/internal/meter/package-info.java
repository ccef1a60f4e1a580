/**
 * Reads usage from answers as they flow, prices it and writes the cost line. Entry class: {@link
 * dev.gateway4j.okhttp.internal.meter.UsageInterceptor}. May delay nothing and fail nothing.
 */
@NullMarked
package dev.gateway4j.okhttp.internal.meter;

import org.jspecify.annotations.NullMarked;
