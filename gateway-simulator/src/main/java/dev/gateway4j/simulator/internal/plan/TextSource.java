package dev.gateway4j.simulator.internal.plan;

import dev.gateway4j.simulator.internal.chance.Chance;
import dev.gateway4j.simulator.internal.request.Ask;
import java.util.Optional;

/** Somewhere answers come from. Thread-safe. */
@FunctionalInterface
public interface TextSource {
    /**
     * The answer to this request, or nothing if this source has none.
     *
     * @param ask what is asked
     * @param chance the chance of this answer
     * @param index which of several answers
     */
    Optional<Draft> draft(Ask ask, Chance chance, int index);
}
