package dev.gateway4j.simulator.internal.journal;

import dev.gateway4j.simulator.JournalEntry.NearMiss;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the stages of one request have to say about its answer. Used by the one thread that answers it. */
public final class Note {
    private String answeredBy = "generated";
    private @Nullable String scenario;
    private List<String> rivals = List.of();
    private @Nullable NearMiss nearest;
    private @Nullable String fault;
    private boolean unmatched;

    Note() {}

    /** Says where the answer comes from, such as {@code template 10-weather.yaml}. */
    public void answeredBy(String source) {
        answeredBy = source;
    }

    /** Says that a scenario answers, and which others could have. */
    public void scenario(String name, int step, List<String> others) {
        scenario = name;
        answeredBy = "scenario " + name + ", answer " + step;
        rivals = others;
    }

    /** Says that no scenario matches, and which came nearest. */
    public void missed(NearMiss miss) {
        unmatched = true;
        // It quotes the request.
        nearest = new NearMiss(
                miss.scenario(),
                miss.held(),
                miss.failed().stream().map(Scrubbed::text).toList());
    }

    /** Says which fault strikes the answer. */
    public void fault(String text) {
        fault = text;
    }

    /** Where the answer comes from. */
    public String answeredBy() {
        return answeredBy;
    }

    /** The scenario that answers. */
    public Optional<String> scenario() {
        return Optional.ofNullable(scenario);
    }

    /** Scenarios that could have answered as well. */
    public List<String> rivals() {
        return rivals;
    }

    /** The scenario that came nearest, where none matches. */
    public Optional<NearMiss> nearest() {
        return Optional.ofNullable(nearest);
    }

    /** The fault that strikes the answer. */
    public Optional<String> fault() {
        return Optional.ofNullable(fault);
    }

    /** True if there are scenarios and none matches. */
    public boolean unmatched() {
        return unmatched;
    }
}
