/** Judges texts by a small list of words. Entry: ModerationEndpoints; the list is moderation.csv, the rules are those of Judge. */
@NullMarked
package dev.gateway4j.simulator.internal.endpoint.moderation;

import org.jspecify.annotations.NullMarked;
