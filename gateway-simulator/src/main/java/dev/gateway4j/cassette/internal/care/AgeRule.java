package dev.gateway4j.cassette.internal.care;

import dev.gateway4j.cassette.Interaction;
import dev.gateway4j.cassette.RecordedResponse;
import dev.gateway4j.cassette.internal.replay.Age;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether a recording is too old, where its age matters. */
final class AgeRule implements InteractionRule {
    private final Optional<Duration> expiresAfter;
    private final Instant now;

    AgeRule(Optional<Duration> expiresAfter, Instant now) {
        this.expiresAfter = expiresAfter;
        this.now = now;
    }

    @Override
    public void look(Interaction interaction, Findings.Spot spot) {
        Optional<Instant> at = Age.recordedAt(interaction);
        Findings.Spot place = spot.at("/response/" + RecordedResponse.RECORDED_AT);
        if (expiresAfter.isPresent() && at.isEmpty()) {
            place.info(
                    "no-time",
                    "neither x-recorded-at nor the header Date says when it was recorded, so it never expires; record"
                            + " it again");
        } else if (at.isPresent() && expiresAfter.isPresent()) {
            expired(at.get(), expiresAfter.get(), place);
        }
    }

    private void expired(Instant at, Duration limit, Findings.Spot place) {
        Duration age = Duration.between(at, now);
        if (age.compareTo(limit) > 0) {
            place.warning(
                    "expired",
                    "it was recorded at " + at + ", " + Age.words(age) + " ago; expires_after is " + limit
                            + ". Record it again");
        }
    }
}
