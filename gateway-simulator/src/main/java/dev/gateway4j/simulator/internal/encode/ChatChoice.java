package dev.gateway4j.simulator.internal.encode;

import dev.gateway4j.simulator.internal.plan.Choice;
import java.util.List;
import java.util.Optional;

/**
 * One answer of a chat completion with all that its encodings need.
 *
 * @param choice what is said
 * @param callIds the ids of the tool calls, in their order; empty where tools are called in the older way, which has none
 * @param logprobs the probabilities of its tokens, or of its refusal's, if they are told
 * @param citations the pages its text cites
 * @param speech the sound of its text, if it is spoken
 */
public record ChatChoice(
        Choice choice,
        List<String> callIds,
        Optional<ChatLogprobs> logprobs,
        List<Citation> citations,
        Optional<Speech> speech) {
    /** Copies the lists. */
    public ChatChoice {
        callIds = List.copyOf(callIds);
        citations = List.copyOf(citations);
    }

    /** A choice whose calls have these ids, and nothing else. */
    public static ChatChoice of(Choice choice, List<String> callIds) {
        return new ChatChoice(choice, callIds, Optional.empty(), List.of(), Optional.empty());
    }

    /** True if nothing is said because tools are called, the answer is refused, or it is spoken. */
    boolean silent() {
        return speech.isPresent()
                || !choice.refusal().isEmpty()
                || (choice.text().isEmpty() && !choice.calls().isEmpty());
    }

    /** True if a tool is called in the older way. */
    boolean legacy() {
        return callIds.isEmpty() && !choice.calls().isEmpty();
    }

    /** The {@code finish_reason}. */
    String finish() {
        String reason = choice.finish().id();
        return legacy() && reason.equals("tool_calls") ? "function_call" : reason;
    }
}
