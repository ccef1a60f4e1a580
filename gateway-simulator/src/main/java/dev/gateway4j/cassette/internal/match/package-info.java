/**
 * What makes two requests the same: questions, rules, fingerprints, and what to say when they differ.
 */
@NullMarked
package dev.gateway4j.cassette.internal.match;

import org.jspecify.annotations.NullMarked;
