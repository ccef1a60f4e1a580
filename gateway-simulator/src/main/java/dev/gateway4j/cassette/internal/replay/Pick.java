package dev.gateway4j.cassette.internal.replay;

import dev.gateway4j.cassette.Interaction;
import dev.gateway4j.cassette.internal.match.Question;
import java.util.Optional;

/** What a deck has for a request. */
sealed interface Pick {
    /**
     * A recording.
     *
     * @param cassette the name of its cassette
     * @param place its place there
     * @param interaction the recording
     */
    record Hit(String cassette, int place, Interaction interaction) implements Pick {}

    /**
     * No cassette of the name that was asked for.
     *
     * @param cassette the name
     */
    record Unknown(String cassette) implements Pick {}

    /**
     * No recording that matches.
     *
     * @param cassette the one that was named and is there; empty if none was named
     * @param asked the request as it was looked for last
     */
    record Miss(Optional<String> cassette, Question asked) implements Pick {}

    /**
     * Every recording that matches was played.
     *
     * @param cassette the name of the cassette
     * @param recordings how many match
     */
    record UsedUp(String cassette, int recordings) implements Pick {}
}
