package dev.gateway4j.testkit;

import dev.gateway4j.simulator.Answer;
import dev.gateway4j.simulator.Journal;
import dev.gateway4j.simulator.JournalEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Says what must have been asked and answered, by its meaning. Every method that checks throws an {@link AssertionError} that lists what
 * the journal holds instead.
 *
 * <pre>{@code
 * Verify.that(journal)
 *         .toolCalled("get_weather").once().withArgument("/city", "Paris")
 *         .and().request("/v1/chat/completions").count(2)
 *         .and().toolsCalledInOrder("get_weather", "send_mail")
 *         .nothingUnmatched();
 * }</pre>
 */
public final class Verify {
    private final Journal journal;

    private Verify(Journal journal) {
        this.journal = journal;
    }

    /** Looks at this journal. */
    public static Verify that(Journal journal) {
        return new Verify(journal);
    }

    /** The requests to this endpoint, such as {@code /v1/embeddings}. */
    public RequestCheck request(String endpoint) {
        return requests("requests to " + endpoint, entry -> entry.endpoint().equals(endpoint));
    }

    /** All requests. */
    public RequestCheck requests() {
        return requests("requests", entry -> true);
    }

    /** The calls that answers made of this tool, plain or streamed. */
    public ToolCheck toolCalled(String name) {
        return new ToolCheck(
                this,
                name,
                calls().stream().filter(call -> call.name().equals(name)).toList());
    }

    /** Checks that answers called these tools in this order; others may stand between them. */
    public Verify toolsCalledInOrder(String... names) {
        List<String> called = calls().stream().map(Answer.Call::name).toList();
        int at = 0;
        for (String name : called) {
            if (at < names.length && name.equals(names[at])) {
                at++;
            }
        }
        if (at < names.length) {
            throw failure("tools called in the order " + List.of(names) + ", but \"" + names[at]
                    + "\" was not called at its place; called were " + called);
        }
        return this;
    }

    /** Checks that scenarios of these names answered in this order; other requests may stand between them. */
    public Verify scenariosInOrder(String... names) {
        List<String> answered = journal.requests().stream()
                .flatMap(entry -> entry.origin().scenario().stream())
                .toList();
        int at = 0;
        for (String name : answered) {
            if (at < names.length && name.equals(names[at])) {
                at++;
            }
        }
        if (at < names.length) {
            throw failure("scenarios in the order " + List.of(names) + ", but \"" + names[at]
                    + "\" did not answer at its place; what answered was " + answered);
        }
        return this;
    }

    /** Checks that a scenario matched every request for text, if there were scenarios. */
    public Verify nothingUnmatched() {
        List<JournalEntry> unmatched = journal.unmatched();
        if (!unmatched.isEmpty()) {
            throw failure("a scenario for every request, but none matched " + unmatched.size()
                    + "; a rule for the first:\n" + unmatched.get(0).scenario());
        }
        return this;
    }

    private RequestCheck requests(String what, Predicate<JournalEntry> which) {
        return new RequestCheck(this, what, journal.requests(which));
    }

    private List<Answer.Call> calls() {
        List<Answer.Call> calls = new ArrayList<>();
        journal.requests().forEach(entry -> calls.addAll(entry.toolCalls()));
        return calls;
    }

    AssertionError failure(String expected) {
        String dropped = journal.dropped() == 0 ? "" : "\n  (" + journal.dropped() + " earlier ones were dropped)";
        String requests =
                journal.requests().stream().map(entry -> "\n  " + entry).collect(Collectors.joining());
        return new AssertionError("expected " + expected + "\nThe journal holds:"
                + (requests.isEmpty() ? " nothing" : requests) + dropped);
    }
}
