package dev.gateway4j.simulator.internal.plan;

import dev.gateway4j.simulator.internal.chance.Chance;
import dev.gateway4j.simulator.internal.request.Ask;
import dev.gateway4j.simulator.internal.timing.LatencyProfile;
import dev.gateway4j.simulator.internal.timing.Pace;
import dev.gateway4j.simulator.internal.tokens.Pieces;
import dev.gateway4j.simulator.internal.tokens.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Makes plans: asks the sources in turn, then cuts what they say to what was asked for. Thread-safe. */
public final class Planner {
    private final List<TextSource> sources;
    private final Tokens tokens;
    private final LatencyProfile latency;

    /**
     * A planner.
     *
     * @param sources where answers come from, best first; the last one always has an answer
     * @param tokens the tokenizer
     * @param latency how long answers take
     */
    public Planner(List<TextSource> sources, Tokens tokens, LatencyProfile latency) {
        this.sources = List.copyOf(sources);
        this.tokens = tokens;
        this.latency = latency;
    }

    /**
     * The plan for a request.
     *
     * @param ask what is asked
     * @param promptTokens the tokens of its prompt
     * @param chance the chance of this answer
     */
    public Plan plan(Ask ask, long promptTokens, Chance chance) {
        List<Choice> choices = new ArrayList<>(ask.choices());
        long output = 0;
        long input = promptTokens;
        for (int index = 0; index < ask.choices(); index++) {
            Draft draft = draft(ask, chance, index);
            Choice choice = cut(ask, draft);
            choices.add(choice);
            output += draft.output().orElse(choice.text().tokens());
            OptionalLong overridden = draft.input();
            input = overridden.orElse(input);
        }
        Pace pace = Pace.of(latency, chance.draws(Chance.Purpose.PACE), input, output);
        return new Plan(choices, new Usage(input, 0, output, 0), pace);
    }

    /** The pace of an answer that is not said, such as an embedding. */
    public Pace pace(Chance chance) {
        return Pace.of(latency, chance.draws(Chance.Purpose.PACE), 0, 0);
    }

    private Draft draft(Ask ask, Chance chance, int index) {
        return sources.stream()
                .flatMap(source -> source.draft(ask, chance, index).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no source of text has an answer"));
    }

    private Choice cut(Ask ask, Draft draft) {
        Pieces text = stopped(ask, draft.text());
        Finish finish = draft.finish().orElse(Finish.STOP);
        if (ask.limit().isPresent() && text.tokens() > ask.limit().getAsInt()) {
            return new Choice(text.first(ask.limit().getAsInt()), Finish.LENGTH);
        }
        return new Choice(text, finish);
    }

    private Pieces stopped(Ask ask, Pieces pieces) {
        if (ask.stops().isEmpty()) {
            return pieces;
        }
        String text = pieces.text();
        int end = text.length();
        for (String stop : ask.stops()) {
            int at = text.indexOf(stop);
            end = at >= 0 ? Math.min(end, at) : end;
        }
        return end == text.length()
                ? pieces
                : tokens.pieces(ask.model().family().encoding(), text.substring(0, end));
    }
}
