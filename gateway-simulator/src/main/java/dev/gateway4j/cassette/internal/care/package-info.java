/**
 * What keeps a collection of cassettes in order: lint, verification, surgical recording.
 */
@NullMarked
package dev.gateway4j.cassette.internal.care;

import org.jspecify.annotations.NullMarked;
