/** From the request to the reply: paths, handlers and headers. Entry: Desk. */
@NullMarked
package dev.gateway4j.simulator.internal.http;

import org.jspecify.annotations.NullMarked;
