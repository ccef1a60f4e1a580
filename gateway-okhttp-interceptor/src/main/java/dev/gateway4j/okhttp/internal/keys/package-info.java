/**
 * Chooses a key by name, and puts its secret on requests that leave. Entry classes: {@link
 * dev.gateway4j.okhttp.internal.keys.KeySelectionInterceptor}, {@link dev.gateway4j.okhttp.internal.keys.CredentialInterceptor}. The only
 * room in which a secret is revealed.
 */
@NullMarked
package dev.gateway4j.okhttp.internal.keys;

import org.jspecify.annotations.NullMarked;
