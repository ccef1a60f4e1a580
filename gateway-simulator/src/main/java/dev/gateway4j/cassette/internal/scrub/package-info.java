/**
 * What must not be saved: removes it, and refuses to write what is left.
 */
@NullMarked
package dev.gateway4j.cassette.internal.scrub;

import org.jspecify.annotations.NullMarked;
