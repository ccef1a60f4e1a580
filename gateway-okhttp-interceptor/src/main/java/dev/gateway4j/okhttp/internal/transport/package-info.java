/**
 * Decides who answers and keeps everything else from leaving. Entry classes: {@link
 * dev.gateway4j.okhttp.internal.transport.TransportInterceptor}, {@link dev.gateway4j.okhttp.internal.transport.EgressGuard}. Knows no
 * secret.
 */
@NullMarked
package dev.gateway4j.okhttp.internal.transport;

import org.jspecify.annotations.NullMarked;
