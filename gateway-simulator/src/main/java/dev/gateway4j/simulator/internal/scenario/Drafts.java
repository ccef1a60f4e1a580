package dev.gateway4j.simulator.internal.scenario;

import dev.gateway4j.simulator.Answer;
import dev.gateway4j.simulator.internal.chance.Chance;
import dev.gateway4j.simulator.internal.model.Family;
import dev.gateway4j.simulator.internal.plan.Draft;
import dev.gateway4j.simulator.internal.plan.Finish;
import dev.gateway4j.simulator.internal.plan.PlannedCall;
import dev.gateway4j.simulator.internal.request.Ask;
import dev.gateway4j.simulator.internal.request.Tool;
import dev.gateway4j.simulator.internal.template.Counters;
import dev.gateway4j.simulator.internal.tokens.Pieces;
import dev.gateway4j.simulator.internal.tokens.Tokens;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Turns what a scenario says into a draft for the plan. */
final class Drafts {
    private final Tokens tokens;
    private final Counters counters;

    Drafts(Tokens tokens, Counters counters) {
        this.tokens = tokens;
        this.counters = counters;
    }

    Draft of(Chosen chosen, Ask ask, Chance chance, int index) {
        Answer answer = chosen.answer();
        Family.Encoding encoding = ask.model().family().encoding();
        String text = answer.text()
                .or(answer::json)
                .or(() -> answer.template().map(template -> chosen.phrase().say(ask, chance, index, counters)))
                .orElse("");
        List<PlannedCall> calls =
                answer.calls().stream().map(call -> call(ask, call)).toList();
        return new Draft(
                pieces(encoding, text),
                pieces(encoding, answer.refusal().orElse("")),
                calls,
                pieces(encoding, answer.summary().orElse("")),
                answer.finish().flatMap(Drafts::finish),
                new Draft.UsageOverride(
                        answer.tokens("input"),
                        answer.tokens("cached"),
                        answer.tokens("output"),
                        answer.tokens("reasoning")));
    }

    private PlannedCall call(Ask ask, Answer.Call call) {
        Tool.Kind kind = ask.tools().named(call.name()).map(Tool::kind).orElse(Tool.Kind.FUNCTION);
        return new PlannedCall(kind, call.name(), pieces(ask.model().family().encoding(), call.arguments()));
    }

    private Pieces pieces(Family.Encoding encoding, String text) {
        return text.isEmpty() ? Pieces.NONE : tokens.pieces(encoding, text);
    }

    private static Optional<Finish> finish(String id) {
        return Arrays.stream(Finish.values())
                .filter(finish -> finish.id().equals(id))
                .findFirst();
    }
}
