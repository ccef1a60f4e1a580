/** Speech, transcripts and translations. What speech says comes back when its sound is transcribed. Entry: AudioEndpoints. */
@NullMarked
package dev.gateway4j.simulator.internal.endpoint.audio;

import org.jspecify.annotations.NullMarked;
