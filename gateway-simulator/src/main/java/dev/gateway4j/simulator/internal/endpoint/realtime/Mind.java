package dev.gateway4j.simulator.internal.endpoint.realtime;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.chance.Chance;
import dev.gateway4j.simulator.internal.chance.Fingerprint;
import dev.gateway4j.simulator.internal.http.Services;
import dev.gateway4j.simulator.internal.plan.Plan;
import dev.gateway4j.simulator.internal.request.Ask;
import dev.gateway4j.simulator.internal.request.Turn;
import java.util.List;
import java.util.Set;

/** What one conversation thinks: its plans, each with a chance of its own. Used by one thread at a time. */
final class Mind {
    /** Members a session may be given besides those it has. */
    static final Set<String> KNOWN_SETTINGS = Set.of(
            "type",
            "include",
            "parallel_tool_calls",
            "reasoning",
            "temperature",
            "truncation",
            "prompt",
            "tracing",
            "input_audio_noise_reduction",
            "metadata");

    private static final int HEARD_LETTERS = 60;

    private final Services services;
    private final String model;
    private final Chance chance;
    private int plans;

    Mind(Services services, String model, Chance chance) {
        this.services = services;
        this.model = model;
        this.chance = chance;
    }

    /** What is answered to the turns. */
    Plan plan(ObjectNode settings, List<Turn> turns) {
        Ask ask = RealtimeAsk.of(model, settings, turns);
        Chance own = chance.about(Fingerprint.of("response", chance.request() + "-" + plans++));
        return services.planner().plan(ask, services.promptTokens().count(ask), own);
    }

    /** What a recording says. */
    String hear(ObjectNode settings, String recording) {
        Plan plan = plan(settings, List.of(new Turn("system", recording, 0, 0)));
        String text = plan.choices().get(0).text().text();
        int end = text.indexOf(' ', Math.min(HEARD_LETTERS, text.length()));
        return end < 0 ? text : text.substring(0, end);
    }
}
