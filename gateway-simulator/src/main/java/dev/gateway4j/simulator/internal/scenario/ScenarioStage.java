package dev.gateway4j.simulator.internal.scenario;

import dev.gateway4j.api.spi.WireAnswer;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.simulator.Answer;
import dev.gateway4j.simulator.JournalEntry.NearMiss;
import dev.gateway4j.simulator.internal.chance.Chance;
import dev.gateway4j.simulator.internal.http.Around;
import dev.gateway4j.simulator.internal.http.Exchange;
import dev.gateway4j.simulator.internal.journal.Note;
import dev.gateway4j.simulator.internal.journal.Notes;
import dev.gateway4j.simulator.internal.plan.Draft;
import dev.gateway4j.simulator.internal.plan.TextSource;
import dev.gateway4j.simulator.internal.request.Ask;
import dev.gateway4j.simulator.internal.request.ErrorKind;
import dev.gateway4j.simulator.internal.template.Counters;
import dev.gateway4j.simulator.internal.timing.Later;
import dev.gateway4j.simulator.internal.tokens.Tokens;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets scenarios answer: as the first source of what endpoints say, and in place of any endpoint where an answer is sent as it stands.
 * Thread-safe.
 */
public final class ScenarioStage implements Around, TextSource {
    private static final List<String> SPEAKING = List.of("/v1/chat/completions", "/v1/responses", "/v1/completions");

    private final RuleBook book;
    private final Notes notes;
    private final ScenarioFaults faults;
    private final Drafts drafts;
    private final Map<Chance, Run> running = new ConcurrentHashMap<>();

    /** A stage that asks this book. */
    public ScenarioStage(RuleBook book, Notes notes, ScenarioFaults faults, Tokens tokens, Counters counters) {
        this.book = book;
        this.notes = notes;
        this.faults = faults;
        this.drafts = new Drafts(tokens, counters);
    }

    @Override
    public WireAnswer answer(Exchange exchange, Supplier<WireAnswer> rest) {
        if (book.isEmpty()) {
            return rest.get();
        }
        Facts facts = Facts.of(exchange);
        boolean speaking = speaks(exchange);
        boolean decidedHere = !speaking
                || (!facts.buildsOnEarlier()
                        && book.peek(facts, answer -> true)
                                .filter(Answer::isRaw)
                                .isPresent());
        Run run = new Run(facts);
        if (decidedHere) {
            decide(run, facts, exchange.chance(), speaking);
            if (run.chosen != null && run.chosen.answer().isRaw()) {
                return finished(run.chosen, exchange, RawAnswers.of(run.chosen, exchange));
            }
        }
        return answer(exchange, rest, run);
    }

    private WireAnswer answer(Exchange exchange, Supplier<WireAnswer> rest, Run run) {
        running.put(exchange.chance(), run);
        WireAnswer answer;
        try {
            answer = rest.get();
        } finally {
            running.remove(exchange.chance());
        }
        Chosen chosen = run.chosen;
        if (chosen == null) {
            return answer;
        }
        if (!chosen.answer().isRaw()) {
            return finished(chosen, exchange, answer);
        }
        // What was said earlier decided, so the endpoint had to read it first.
        if (answer instanceof WireReply reply) {
            reply.frames().close();
        }
        return finished(chosen, exchange, RawAnswers.of(chosen, exchange));
    }

    @Override
    public Optional<Draft> draft(Ask ask, Chance chance, int index) {
        if (book.isEmpty()) {
            return Optional.empty();
        }
        Run run = running.get(chance);
        if (run == null) {
            run = new Run(Facts.of(ask));
        }
        if (!run.decided) {
            Facts facts = run.facts.buildsOnEarlier() ? run.facts.saying(ask.conversation()) : run.facts;
            decide(run, facts, chance, true);
        }
        Chosen chosen = run.chosen;
        if (chosen == null || (!chosen.answer().speaks() && !chosen.answer().isRaw())) {
            return Optional.empty();
        }
        return Optional.of(drafts.of(chosen, ask, chance, index));
    }

    /** The source before generated text: where scenarios are strict it says that none matches. */
    public TextSource strictly() {
        return (ask, chance, index) -> {
            if (book.isStrict()) {
                String miss = notes.of(chance)
                        .nearest()
                        .map(NearMiss::toString)
                        .orElse("there are no scenarios; add one, or switch strict off");
                throw ErrorKind.NO_SCENARIO.with(ask.endpoint(), miss);
            }
            return Optional.empty();
        };
    }

    private void decide(Run run, Facts facts, Chance chance, boolean speaking) {
        run.decided = true;
        Optional<Chosen> chosen = book.choose(facts, answer -> speaking || !answer.speaks());
        Note note = notes.of(chance);
        if (chosen.isEmpty()) {
            if (speaking) {
                book.nearest(facts).ifPresent(note::missed);
            }
            return;
        }
        Chosen found = chosen.get();
        if (found.exhausted()) {
            throw ErrorKind.SCENARIO_EXHAUSTED.with(found.name(), found.step() - 1);
        }
        note.scenario(found.name(), found.step(), found.rivals());
        found.answer().fault().ifPresent(note::fault);
        run.chosen = found;
    }

    private WireAnswer finished(Chosen chosen, Exchange exchange, WireAnswer answer) {
        long delay = chosen.answer().delay().toNanos();
        exchange.delay().set(delay);
        WireAnswer later = Later.by(delay, answer);
        return chosen.answer()
                .fault()
                .map(fault -> faults.apply(fault, exchange, later))
                .orElse(later);
    }

    private static boolean speaks(Exchange exchange) {
        return exchange.request().method().equals("POST")
                && SPEAKING.contains(exchange.path().path());
    }

    /** A request between its arrival and its answer; used by the one thread that answers it. */
    private static final class Run {
        private final Facts facts;
        private boolean decided;
        private @Nullable Chosen chosen;

        Run(Facts facts) {
            this.facts = facts;
        }
    }
}
