/** The endpoints nobody wrote by hand: judged and answered by the table of the specification. Entry: GeneratedEndpoints. */
@NullMarked
package dev.gateway4j.simulator.internal.endpoint.generated;

import org.jspecify.annotations.NullMarked;
