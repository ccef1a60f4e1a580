package dev.gateway4j.simulator.internal.plan;

import dev.gateway4j.simulator.internal.timing.Pace;
import java.util.List;

/**
 * An answer before it has a form: the same plan becomes a chat completion or a response, whole or streamed.
 *
 * @param choices the answers, in the order of their index
 * @param usage what they are billed
 * @param pace when they arrive
 */
public record Plan(List<Choice> choices, Usage usage, Pace pace) {
    /** Copies the list. */
    public Plan {
        choices = List.copyOf(choices);
    }
}
