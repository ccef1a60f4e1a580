/** Retrofit through the gateway: give its builder the wrapped client. */
@NullMarked
package dev.gateway4j.examples.retrofit;

import org.jspecify.annotations.NullMarked;
