package dev.gateway4j.cassette.internal.replay;

import dev.gateway4j.api.spi.WireAnswer;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.cassette.CassetteException;
import java.util.Optional;

/** How a player says that it has no recording. Thread-safe. */
interface Form {
    /** There is no cassette of this name. */
    WireAnswer unknown(WireRequest request, String cassette, Deck deck);

    /** No recording matches. */
    WireAnswer miss(WireRequest request, Pick.Miss miss, Deck deck);

    /** Every recording that matches was played. */
    WireAnswer usedUp(WireRequest request, Pick.UsedUp usedUp, Deck deck);

    /** The recording is too old; {@code why} says so. */
    WireAnswer expired(WireRequest request, String cassette, String why, Deck deck);

    /** A cassette, or the directory, cannot be read. */
    WireAnswer unreadable(WireRequest request, Optional<String> cassette, CassetteException why);
}
