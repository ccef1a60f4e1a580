/**
 * Recorded responses as timed frames.
 */
@NullMarked
package dev.gateway4j.cassette.internal.replay;

import org.jspecify.annotations.NullMarked;
