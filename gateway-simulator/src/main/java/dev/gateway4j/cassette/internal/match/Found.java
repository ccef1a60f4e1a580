package dev.gateway4j.cassette.internal.match;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.Optional;

/**
 * A difference and what it takes to weigh it.
 *
 * @param difference what to show
 * @param kind what differs
 * @param depth how deep in the body it is
 * @param pointer where in a JSON body it is; empty for a body as a whole and for all else
 * @param values the two values there, if both have one
 */
record Found(Difference difference, Kind kind, int depth, Optional<String> pointer, Optional<Values> values) {
    /** The most telling first. */
    static final Comparator<Found> ORDER = Comparator.comparing(Found::kind).thenComparingInt(Found::depth);

    static Found of(Kind kind, String place, String recorded, String asked) {
        return new Found(new Difference(place, recorded, asked), kind, 0, Optional.empty(), Optional.empty());
    }

    /** What differs, the most telling first. */
    enum Kind {
        METHOD(1000),
        PATH(500),
        QUERY(20),
        HEADER(10),
        BODY(50),
        CHANGED(4),
        ADDED(5),
        REMOVED(5);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }

        /** How far it sets two requests apart. */
        int weight() {
            return weight;
        }
    }

    /**
     * A value of a JSON body that the recording has one way and the request another.
     *
     * @param recorded the recording's
     * @param asked the request's
     */
    record Values(JsonNode recorded, JsonNode asked) {}
}
