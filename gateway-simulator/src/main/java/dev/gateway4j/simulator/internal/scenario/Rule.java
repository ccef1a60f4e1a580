package dev.gateway4j.simulator.internal.scenario;

import dev.gateway4j.simulator.Answer;
import dev.gateway4j.simulator.Scenario;
import dev.gateway4j.simulator.internal.template.Phrase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A scenario in use. Its uses are counted under the lock of its book. */
final class Rule {
    /** Best first: explicit priority, then how special the match is, then who was defined last. */
    static final Comparator<Rule> RANK = Comparator.comparingInt((Rule rule) -> -rule.priority())
            .thenComparingInt(rule -> -rule.weight())
            .thenComparingLong(rule -> -rule.order);

    final Scenario scenario;
    final long order;
    final List<Check> checks;
    private final int weight;
    private final Map<Answer, Phrase> phrases = new HashMap<>();
    int used;

    /**
     * A rule.
     *
     * @param order which scenario it was, the first one 0
     * @throws IllegalArgumentException if it cannot work
     */
    Rule(Scenario scenario, long order, ScenarioFaults faults) {
        this.scenario = scenario;
        this.order = order;
        this.weight = scenario.match().weight();
        if (scenario.answers().isEmpty()) {
            throw new IllegalArgumentException(
                    "scenario \"" + scenario.name() + "\" has no answer; give it one with answer(...)");
        }
        List<Check> made = new ArrayList<>();
        scenario.match().conditions().forEach(condition -> made.add(new Check(condition)));
        this.checks = List.copyOf(made);
        for (Answer answer : scenario.answers()) {
            answer.template().ifPresent(text -> phrases.put(answer, Phrase.compile(text)));
            answer.fault().flatMap(faults::problem).ifPresent(problem -> {
                throw new IllegalArgumentException("scenario \"" + scenario.name() + "\": " + problem);
            });
        }
    }

    String name() {
        return scenario.name();
    }

    int priority() {
        return scenario.priority().orElse(0);
    }

    int weight() {
        return weight;
    }

    /** True if all conditions hold but those on states, which may change any time. */
    boolean fits(Facts facts) {
        return checks.stream().filter(check -> !check.onState()).allMatch(check -> check.holds(facts, Map.of()));
    }

    /** True if the conditions on states hold. */
    boolean inState(Facts facts, Map<String, String> states) {
        return checks.stream().filter(Check::onState).allMatch(check -> check.holds(facts, states));
    }

    boolean exhausted() {
        return used >= scenario.answers().size() && scenario.exhausted() != Scenario.Exhausted.LAST_REPEATS;
    }

    /** True if its answers end, after which other rules are asked. */
    boolean letsThrough() {
        return scenario.exhausted() == Scenario.Exhausted.NEXT_RULE;
    }

    Answer next() {
        List<Answer> answers = scenario.answers();
        return answers.get(Math.min(used, answers.size() - 1));
    }

    Phrase phrase(Answer answer) {
        Phrase phrase = phrases.get(answer);
        return phrase == null ? Phrase.EMPTY : phrase;
    }

    boolean sameRank(Rule other) {
        return priority() == other.priority() && weight == other.weight;
    }

    /** True if whatever this one matches, that one matches too. */
    boolean implies(Rule other) {
        return other.checks.stream().allMatch(wanted -> checks.stream().anyMatch(has -> has.impliesThat(wanted)));
    }

    /** True if nothing can be matched by both, as far as can be told. */
    boolean excludes(Rule other) {
        return checks.stream().anyMatch(mine -> other.checks.stream().anyMatch(mine::excludes));
    }
}
