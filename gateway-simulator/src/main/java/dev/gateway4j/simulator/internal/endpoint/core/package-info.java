/** Handlers of the endpoints that models answer. */
@NullMarked
package dev.gateway4j.simulator.internal.endpoint.core;

import org.jspecify.annotations.NullMarked;
