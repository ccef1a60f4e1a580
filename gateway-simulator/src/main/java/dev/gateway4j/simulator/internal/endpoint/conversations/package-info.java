/** Conversations and their items. */
@NullMarked
package dev.gateway4j.simulator.internal.endpoint.conversations;

import org.jspecify.annotations.NullMarked;
