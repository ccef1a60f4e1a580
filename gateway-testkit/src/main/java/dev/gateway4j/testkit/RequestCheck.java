package dev.gateway4j.testkit;

import dev.gateway4j.simulator.JournalEntry;
import java.util.List;
import java.util.function.Predicate;

/** Some of the requests of a journal, to be narrowed and checked. Made by {@link Verify}. */
public final class RequestCheck {
    private final Verify verify;
    private final String what;
    private final List<JournalEntry> entries;

    RequestCheck(Verify verify, String what, List<JournalEntry> entries) {
        this.verify = verify;
        this.what = what;
        this.entries = entries;
    }

    /** Those for this model. */
    public RequestCheck forModel(String model) {
        return where(
                "for " + model, entry -> entry.model().filter(model::equals).isPresent());
    }

    /** Those in which the user said this last, or something that contains it. */
    public RequestCheck whereUserSaid(String text) {
        return where("in which the user said \"" + text + "\"", entry -> entry.userSaid()
                .contains(text));
    }

    /** Those that the scenario of this name answered. */
    public RequestCheck answeredBy(String scenario) {
        return where(
                "answered by scenario \"" + scenario + "\"",
                entry -> entry.origin().scenario().filter(scenario::equals).isPresent());
    }

    /** Those answered with this status. */
    public RequestCheck withStatus(int status) {
        return where("answered with " + status, entry -> entry.reply().status() == status);
    }

    /** Those for which this is true. */
    public RequestCheck where(String description, Predicate<JournalEntry> which) {
        return new RequestCheck(
                verify, what + " " + description, entries.stream().filter(which).toList());
    }

    /** Checks that there are exactly so many. */
    public RequestCheck count(int expected) {
        if (entries.size() != expected) {
            throw verify.failure(expected + " " + what + ", found " + entries.size());
        }
        return this;
    }

    /** Checks that there are at least so many. */
    public RequestCheck atLeast(int expected) {
        if (entries.size() < expected) {
            throw verify.failure("at least " + expected + " " + what + ", found " + entries.size());
        }
        return this;
    }

    /** Checks that there is none. */
    public RequestCheck never() {
        return count(0);
    }

    /** The requests, oldest first. */
    public List<JournalEntry> entries() {
        return entries;
    }

    /** Goes on with the whole journal. */
    public Verify and() {
        return verify;
    }
}
