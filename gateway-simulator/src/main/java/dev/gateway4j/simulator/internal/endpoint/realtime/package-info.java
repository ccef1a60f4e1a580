/**
 * Realtime conversations: the sessions over HTTP, and the logic of events whatever carries them. Entries: RealtimeEndpoints and Realtime.
 * It knows no socket.
 */
@NullMarked
package dev.gateway4j.simulator.internal.endpoint.realtime;

import org.jspecify.annotations.NullMarked;
