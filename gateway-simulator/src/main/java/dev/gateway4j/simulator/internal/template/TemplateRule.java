package dev.gateway4j.simulator.internal.template;

import dev.gateway4j.simulator.internal.plan.Draft.UsageOverride;
import dev.gateway4j.simulator.internal.plan.Finish;
import dev.gateway4j.simulator.internal.request.Ask;
import java.util.List;
import java.util.Optional;

/**
 * One answer written by the user.
 *
 * @param file the file it stands in
 * @param match which requests it answers
 * @param text what it says
 * @param json what it says as JSON instead
 * @param refusal why it refuses instead
 * @param calls the tools it calls
 * @param summary what it tells of its reasoning
 * @param finish how it ends, if not as its text suggests
 * @param usage the tokens it claims
 */
record TemplateRule(
        String file,
        Match match,
        Phrase text,
        Optional<JsonPhrase> json,
        Phrase refusal,
        List<Call> calls,
        Phrase summary,
        Optional<Finish> finish,
        UsageOverride usage) {
    static TemplateRule saying(String file, Phrase text) {
        return new TemplateRule(
                file,
                Match.ALL,
                text,
                Optional.empty(),
                Phrase.EMPTY,
                List.of(),
                Phrase.EMPTY,
                Optional.empty(),
                UsageOverride.NONE);
    }

    boolean matches(Ask ask) {
        return match.matches(ask);
    }

    /**
     * A tool that is called.
     *
     * @param name its name
     * @param arguments what it is called with
     */
    record Call(String name, JsonPhrase arguments) {}
}
