package dev.gateway4j.simulator.internal.template;

import com.samskivert.mustache.Template;
import dev.gateway4j.simulator.internal.plan.Finish;
import dev.gateway4j.simulator.internal.request.Ask;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One answer written by the user.
 *
 * @param match which requests it answers
 * @param text what it says
 * @param finish how it ends, if not as its text suggests
 * @param input the prompt tokens it claims
 * @param output the answer tokens it claims
 */
record TemplateRule(Match match, Template text, Optional<Finish> finish, OptionalLong input, OptionalLong output) {
    boolean matches(Ask ask) {
        return match.matches(ask);
    }
}
