/**
 * The public face of the gateway: {@link dev.gateway4j.okhttp.Gateway} wraps an {@code OkHttpClient}, {@link
 * dev.gateway4j.okhttp.CallReports} tells what became of a call. Everything else lies under {@code internal}, one room per concern.
 */
@NullMarked
package dev.gateway4j.okhttp;

import org.jspecify.annotations.NullMarked;
