package dev.gateway4j.cassette;

import dev.gateway4j.cassette.internal.replay.Age;
import java.time.Instant;
import java.util.Optional;

/**
 * One recorded exchange.
 *
 * @param id its place in the cassette, counted from 0
 * @param request what was asked
 * @param response what was answered
 * @param extras members that the format does not know
 */
public record Interaction(int id, RecordedRequest request, RecordedResponse response, Extras extras) {
    /** The exchange at another place. */
    public Interaction at(int place) {
        return new Interaction(place, request, response, extras);
    }

    /** When it was recorded: as it says itself, or by the date of its response; empty if neither tells. */
    public Optional<Instant> recordedAt() {
        return Age.recordedAt(this);
    }
}
