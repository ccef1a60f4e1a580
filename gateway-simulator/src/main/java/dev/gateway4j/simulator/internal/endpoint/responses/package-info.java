/** Responses: made, streamed, made in the background, asked for again, stopped, counted, compacted. */
@NullMarked
package dev.gateway4j.simulator.internal.endpoint.responses;

import org.jspecify.annotations.NullMarked;
