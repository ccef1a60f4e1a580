/**
 * Cassettes where they lie: names, lazy loading, and the index by fingerprint.
 */
@NullMarked
package dev.gateway4j.cassette.internal.library;

import org.jspecify.annotations.NullMarked;
