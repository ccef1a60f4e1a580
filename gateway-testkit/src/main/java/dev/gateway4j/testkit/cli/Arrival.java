package dev.gateway4j.testkit.cli;

import dev.gateway4j.cassette.RecordedResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * When the bytes of a recorded answer arrived, counted from the request.
 *
 * @param head its headers
 * @param first the first byte of its body; empty if the recording does not say when that came
 * @param total its end; that of the headers if the recording says no more
 */
record Arrival(Duration head, Optional<Duration> first, Duration total) {
    static Arrival of(RecordedResponse response) {
        Duration head = response.duration();
        List<Duration> parts = response.arrivals();
        return parts.isEmpty()
                ? new Arrival(head, Optional.empty(), head)
                : new Arrival(head, Optional.of(head.plus(parts.get(0))), head.plus(parts.get(parts.size() - 1)));
    }
}
