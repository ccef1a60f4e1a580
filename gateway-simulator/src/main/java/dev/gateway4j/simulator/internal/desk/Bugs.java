package dev.gateway4j.simulator.internal.desk;

import dev.gateway4j.simulator.internal.http.Exchange;
import dev.gateway4j.simulator.internal.journal.Notes;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Tells of bugs of the simulator: to the journal each time, to the log once. What the exception says is left out, since it may show the
 * request. Thread-safe.
 */
final class Bugs {
    private static final System.Logger LOG = System.getLogger("dev.gateway4j.simulator");
    private static final int MOST_TOLD = 256;
    private static final int FRAMES = 12;

    private final Notes notes;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    Bugs(Notes notes) {
        this.notes = notes;
    }

    void tell(Exchange exchange, Throwable bug) {
        String kind = bug.getClass().getSimpleName();
        notes.of(exchange.chance()).answeredBy("a bug: " + kind);
        String trace = Arrays.stream(bug.getStackTrace())
                .limit(FRAMES)
                .map(frame -> "\n    at " + frame)
                .collect(Collectors.joining());
        if (told.size() < MOST_TOLD && told.add(kind + trace)) {
            LOG.log(System.Logger.Level.ERROR, "a bug of the simulator made a request fail: " + kind + trace);
        }
    }
}
