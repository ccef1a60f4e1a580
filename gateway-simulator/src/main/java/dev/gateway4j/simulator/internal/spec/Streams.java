package dev.gateway4j.simulator.internal.spec;

import java.util.Map;
import java.util.Optional;

/** Operations that stream although the document does not say so at the operation itself. */
final class Streams {
    private static final Map<String, String> EVENTS = Map.of(
            "POST /completions", "CreateCompletionResponse",
            "GET /responses/{response_id}", "ResponseStreamEvent",
            "GET /responses/{response_id}?beta=true", "BetaResponseStreamEvent",
            "POST /threads/runs", "AssistantStreamEvent",
            "POST /threads/{thread_id}/runs", "AssistantStreamEvent",
            "POST /threads/{thread_id}/runs/{run_id}/submit_tool_outputs", "AssistantStreamEvent");

    private Streams() {}

    static Optional<Shape> of(String operation, SpecTable table) {
        return Optional.ofNullable(EVENTS.get(operation))
                .filter(table::hasShape)
                .map(table::shape);
    }
}
