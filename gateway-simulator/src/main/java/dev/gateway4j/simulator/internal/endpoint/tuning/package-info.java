/** Fine-tuning jobs, which follow an agenda made when they are created. Entry: TuningEndpoints. */
@NullMarked
package dev.gateway4j.simulator.internal.endpoint.tuning;

import org.jspecify.annotations.NullMarked;
