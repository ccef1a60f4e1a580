/**
 * Opens a call and knows everything about it until its report. Entry classes: {@link
 * dev.gateway4j.okhttp.internal.call.OpenCallInterceptor}, {@link dev.gateway4j.okhttp.internal.call.CallScope}. Every other room may use
 * this one; this one uses none of them but {@code body}.
 */
@NullMarked
package dev.gateway4j.okhttp.internal.call;

import org.jspecify.annotations.NullMarked;
