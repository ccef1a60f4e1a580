package dev.gateway4j.simulator.internal.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.Answer;
import dev.gateway4j.simulator.JournalEntry.NearMiss;
import dev.gateway4j.simulator.Scenario;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * The scenarios in use, how often each has answered, and the states they have set. Requests are looked at before the lock is taken, since a
 * regular expression may take its time. Thread-safe.
 */
public final class RuleBook {
    private final ScenarioFaults faults;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, String> states = new TreeMap<>();
    private volatile List<Rule> ranked = List.of();
    private volatile boolean strict;
    private long order;

    /** No scenario yet. */
    public RuleBook(ScenarioFaults faults) {
        this.faults = faults;
    }

    /**
     * Adds scenarios; one whose name is known takes the place of the other.
     *
     * @throws IllegalArgumentException if one cannot work; then none is added
     */
    public void add(List<Scenario> scenarios) {
        lock.lock();
        try {
            List<Rule> rules = new ArrayList<>(ranked);
            for (Scenario scenario : scenarios) {
                Rule rule = new Rule(scenario, order++, faults);
                rules.removeIf(before -> before.name().equals(scenario.name()));
                rules.add(rule);
            }
            rules.sort(Rule.RANK);
            ranked = List.copyOf(rules);
        } finally {
            lock.unlock();
        }
    }

    /** Takes the scenario of this name away. True if there was one. */
    public boolean remove(String name) {
        lock.lock();
        try {
            List<Rule> rules = new ArrayList<>(ranked);
            boolean known = rules.removeIf(rule -> rule.name().equals(name));
            ranked = List.copyOf(rules);
            return known;
        } finally {
            lock.unlock();
        }
    }

    /** Takes all scenarios and states away. */
    public void clear() {
        lock.lock();
        try {
            ranked = List.of();
            states.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Begins all sequences again and forgets all states. */
    public void reset() {
        lock.lock();
        try {
            ranked.forEach(rule -> rule.used = 0);
            states.clear();
        } finally {
            lock.unlock();
        }
    }

    /** True if there is no scenario. */
    public boolean isEmpty() {
        return ranked.isEmpty();
    }

    /** True if what no scenario matches is an error. */
    public boolean isStrict() {
        return strict;
    }

    /** Says whether what no scenario matches is an error. */
    public void strict(boolean on) {
        strict = on;
    }

    /** The scenarios in the order in which they were added. */
    public List<Scenario> list() {
        return ranked.stream()
                .sorted(Comparator.comparingLong(rule -> rule.order))
                .map(rule -> rule.scenario)
                .toList();
    }

    /** What is odd about them, one sentence each. */
    public List<String> notices() {
        return Review.of(ranked);
    }

    /** What a fault's text suffers from. */
    Optional<String> faultProblem(String fault) {
        return faults.problem(fault);
    }

    /** The state of this name; the empty text if it was never set. */
    public String state(String name) {
        lock.lock();
        try {
            return states.getOrDefault(name, "");
        } finally {
            lock.unlock();
        }
    }

    /** Sets a state. */
    public void state(String name, String value) {
        lock.lock();
        try {
            states.put(name, value);
        } finally {
            lock.unlock();
        }
    }

    /** Writes states and uses, for {@link #restore}. */
    public void save(ObjectNode json) {
        lock.lock();
        try {
            ObjectNode saved = json.putObject("states");
            states.forEach(saved::put);
            ObjectNode uses = json.putObject("uses");
            ranked.forEach(rule -> uses.put(rule.name(), rule.used));
        } finally {
            lock.unlock();
        }
    }

    /** Brings back the states, and the uses of the scenarios that are still there. */
    public void restore(JsonNode json) {
        lock.lock();
        try {
            states.clear();
            json.path("states")
                    .properties()
                    .forEach(
                            state -> states.put(state.getKey(), state.getValue().asText()));
            ranked.forEach(
                    rule -> rule.used = json.path("uses").path(rule.name()).asInt());
        } finally {
            lock.unlock();
        }
    }

    /** The scenario that would answer next, without using it up. */
    Optional<Answer> peek(Facts facts, Predicate<Answer> possible) {
        List<Rule> fitting = fitting(facts);
        lock.lock();
        try {
            return first(fitting, facts, possible)
                    .filter(rule -> !rule.exhausted())
                    .map(Rule::next);
        } finally {
            lock.unlock();
        }
    }

    /** The scenario that answers; its sequence goes on, and its states are set. */
    Optional<Chosen> choose(Facts facts, Predicate<Answer> possible) {
        List<Rule> fitting = fitting(facts);
        lock.lock();
        try {
            return first(fitting, facts, possible).map(rule -> use(rule, fitting, facts));
        } finally {
            lock.unlock();
        }
    }

    /** The scenario that came nearest, and what kept it from matching. */
    Optional<NearMiss> nearest(Facts facts) {
        Map<String, String> seen;
        List<Rule> rules = ranked;
        Set<Rule> exhausted = new HashSet<>();
        lock.lock();
        try {
            seen = new TreeMap<>(states);
            rules.stream().filter(Rule::exhausted).forEach(exhausted::add);
        } finally {
            lock.unlock();
        }
        return rules.stream()
                .map(rule -> miss(rule, facts, seen, exhausted.contains(rule)))
                .min(Comparator.comparingInt((NearMiss miss) -> miss.failed().size())
                        .thenComparingInt(miss -> -miss.held()));
    }

    private List<Rule> fitting(Facts facts) {
        return ranked.stream().filter(rule -> rule.fits(facts)).toList();
    }

    private Optional<Rule> first(List<Rule> fitting, Facts facts, Predicate<Answer> possible) {
        for (Rule rule : fitting) {
            boolean passed = rule.exhausted() && rule.letsThrough();
            if (!passed && possible.test(rule.next()) && rule.inState(facts, states)) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }

    private Chosen use(Rule rule, List<Rule> fitting, Facts facts) {
        List<String> rivals = fitting.stream()
                .filter(other -> other != rule && other.sameRank(rule) && other.inState(facts, states))
                .map(Rule::name)
                .toList();
        Answer answer = rule.next();
        boolean exhausted = rule.exhausted();
        rule.used++;
        if (!exhausted) {
            states.putAll(answer.states());
        }
        return new Chosen(rule.name(), rule.used, answer, rule.phrase(answer), rivals, exhausted);
    }

    private static NearMiss miss(Rule rule, Facts facts, Map<String, String> states, boolean exhausted) {
        List<String> failed = new ArrayList<>();
        int held = 0;
        for (Check check : rule.checks) {
            if (check.holds(facts, states)) {
                held += check.condition().weight();
            } else {
                failed.add(check.why(facts, states));
            }
        }
        if (failed.isEmpty()) {
            failed.add(
                    exhausted
                            ? "all of its " + rule.scenario.answers().size() + " answers were given"
                            : "its answer speaks, which " + facts.endpoint() + " cannot");
        }
        return new NearMiss(rule.name(), held, failed);
    }
}
