package dev.gateway4j.simulator.internal.plan;

import dev.gateway4j.simulator.internal.chance.Chance;
import dev.gateway4j.simulator.internal.chance.Draws;
import dev.gateway4j.simulator.internal.request.Ask;
import dev.gateway4j.simulator.internal.request.Tool;
import dev.gateway4j.simulator.internal.timing.Latency;
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
    private final OutputTokens outputTokens;
    private final Latency latency;
    private final PromptCache cache;

    /** A planner that caches no prompts. */
    public Planner(List<TextSource> sources, Tokens tokens, Latency latency) {
        this(sources, tokens, latency, PromptCache.off());
    }

    /**
     * A planner.
     *
     * @param sources where answers come from, best first; the last one always has an answer
     * @param tokens the tokenizer
     * @param latency how long answers take
     * @param cache which prompts are cached
     */
    public Planner(List<TextSource> sources, Tokens tokens, Latency latency, PromptCache cache) {
        this.sources = List.copyOf(sources);
        this.tokens = tokens;
        this.outputTokens = new OutputTokens(tokens);
        this.latency = latency;
        this.cache = cache;
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
        long reasoning = 0;
        long input = promptTokens;
        OptionalLong cached = OptionalLong.empty();
        for (int index = 0; index < ask.choices(); index++) {
            Draft draft = draft(ask, chance, index);
            Answer answer = answer(ask, draft, thought(ask, draft, chance, index));
            choices.add(answer.choice());
            output += draft.usage().output().orElse(answer.output());
            reasoning += answer.reasoning();
            input = draft.usage().input().orElse(input);
            cached = draft.usage().cached().isPresent() ? draft.usage().cached() : cached;
        }
        PromptCache.Share share = cache.use(ask, promptTokens);
        long read = Math.min(cached.orElse(share.cached()), input);
        long written = Math.min(share.written(), input - read);
        Draws draws = chance.draws(Chance.Purpose.PACE);
        Pace pace = Pace.of(latency.profile(draws), draws, input - read, output);
        return new Plan(choices, new Usage(input, read, written, output, reasoning), pace);
    }

    /** The pace of an answer that is not said, such as an embedding. */
    public Pace pace(Chance chance) {
        Draws draws = chance.draws(Chance.Purpose.PACE);
        return Pace.of(latency.profile(draws), draws, 0, 0);
    }

    private Draft draft(Ask ask, Chance chance, int index) {
        return sources.stream()
                .flatMap(source -> source.draft(ask, chance, index).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no source of text has an answer"));
    }

    private static long thought(Ask ask, Draft draft, Chance chance, int index) {
        OptionalLong told = draft.usage().reasoning();
        return told.isPresent()
                ? told.getAsLong()
                : Reasoning.tokens(ask, chance.about(ask.question()).draws(Chance.Purpose.REASONING, index));
    }

    /** The answer as the limit leaves it. Reasoning comes first and may use the whole of it. */
    private Answer answer(Ask ask, Draft draft, long thought) {
        Choice whole = whole(ask, draft, thought);
        long framing = outputTokens.framing(ask, whole, thought);
        long said = said(ask, whole);
        if (ask.limit().isEmpty() || thought + said <= ask.limit().getAsInt()) {
            long output = thought + said + (said == 0 && whole.calls().isEmpty() ? 0 : framing);
            long limit = ask.limit().orElse(Integer.MAX_VALUE);
            return new Answer(whole, thought, Math.min(limit, output));
        }
        long limit = ask.limit().getAsInt();
        int grain = ask.model().family().grain();
        long left = Math.max(0, limit - thought);
        return new Answer(cut(ask, whole, (int) left), Math.min(thought, limit / grain * grain), limit);
    }

    private Choice whole(Ask ask, Draft draft, long thought) {
        Finish natural = finish(ask, draft.calls());
        Pieces summary = thought > 0 ? draft.summary() : Pieces.NONE;
        return new Choice(
                stopped(ask, draft.text()),
                draft.refusal(),
                draft.calls(),
                summary,
                draft.finish().orElse(natural));
    }

    private static Finish finish(Ask ask, List<PlannedCall> calls) {
        if (calls.stream().allMatch(call -> call.kind() == Tool.Kind.HOSTED)) {
            return Finish.STOP;
        }
        // Models before gpt-5 end with "stop" where the request names the tool.
        boolean named = ask.body().path("tool_choice").has("function");
        return named && !ask.model().family().reasoning() ? Finish.STOP : Finish.TOOL_CALLS;
    }

    private long said(Ask ask, Choice choice) {
        long said = (long) choice.text().tokens() + choice.refusal().tokens();
        for (PlannedCall call : choice.calls()) {
            said += outputTokens.call(ask, call);
        }
        return said;
    }

    private Choice cut(Ask ask, Choice whole, int limit) {
        Pieces refusal = first(whole.refusal(), limit);
        Pieces text = first(whole.text(), limit - refusal.tokens());
        long left = (long) limit - refusal.tokens() - text.tokens();
        List<PlannedCall> calls = new ArrayList<>();
        for (PlannedCall call : whole.calls()) {
            long name = outputTokens.call(ask, call) - call.arguments().tokens();
            if (left > name) {
                calls.add(new PlannedCall(call.kind(), call.name(), first(call.arguments(), left - name)));
            }
            left -= outputTokens.call(ask, call);
        }
        return new Choice(text, refusal, calls, limit > 0 ? whole.summary() : Pieces.NONE, Finish.LENGTH);
    }

    private static Pieces first(Pieces pieces, long limit) {
        return pieces.tokens() <= limit ? pieces : pieces.first((int) Math.max(0, limit));
    }

    private record Answer(Choice choice, long reasoning, long output) {}

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
