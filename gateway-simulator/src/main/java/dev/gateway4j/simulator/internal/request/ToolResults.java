package dev.gateway4j.simulator.internal.request;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What tools answered since the user last spoke. */
public final class ToolResults {
    private ToolResults() {}

    /** The results, in order. */
    public static List<Result> of(Conversation conversation) {
        Map<String, String> names = new HashMap<>();
        List<Result> results = new ArrayList<>();
        for (Turn turn : conversation.turns()) {
            turn.calls().forEach(call -> names.put(call.id(), call.name()));
            if (turn.role().equals("user")) {
                results.clear();
            } else if (!turn.answers().isEmpty()) {
                results.add(new Result(names.getOrDefault(turn.answers(), ""), turn.text()));
            }
        }
        return List.copyOf(results);
    }

    /**
     * What a tool answered.
     *
     * @param tool its name; empty if the call is not in the conversation
     * @param text what it said
     */
    public record Result(String tool, String text) {}
}
