/**
 * The one tap on a response body. Entry class: {@link dev.gateway4j.okhttp.internal.body.ObservedBody}. Knows nothing of calls, keys or
 * money, and keeps no bytes.
 */
@NullMarked
package dev.gateway4j.okhttp.internal.body;

import org.jspecify.annotations.NullMarked;
