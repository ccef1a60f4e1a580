package dev.gateway4j.cassette.internal.replay;

import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.cassette.Cassette;
import dev.gateway4j.cassette.internal.library.Library;
import dev.gateway4j.cassette.internal.library.Shelved;
import dev.gateway4j.cassette.internal.match.Nearest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** Says which recording is nearest to a request, in what it differs, and what to do. */
final class Nearby {
    /** More are not read for the sake of a message. */
    private static final int MAX_CASSETTES = 200;

    /** Bytes of recorded requests, which stay in memory until the message is made. */
    private static final long MAX_BYTES = 16 << 20;

    private Nearby() {}

    static String to(WireRequest request, Pick.Miss miss, Deck deck) {
        String cassette = miss.cassette().orElse("");
        return Nearest.message(cassette, miss.asked(), candidates(request, miss, deck.library()));
    }

    private static List<Nearest.Candidate> candidates(WireRequest request, Pick.Miss miss, Library library) {
        if (miss.cassette().isPresent()) {
            return of(library.named(miss.cassette().get()).stream());
        }
        List<Nearest.Candidate> sameEndpoint = of(library.about(request.endpoint()));
        return sameEndpoint.isEmpty() ? of(library.all()) : sameEndpoint;
    }

    private static List<Nearest.Candidate> of(Stream<Shelved> cassettes) {
        List<Nearest.Candidate> candidates = new ArrayList<>();
        long bytes = 0;
        Iterator<Shelved> some = cassettes.limit(MAX_CASSETTES).iterator();
        while (bytes < MAX_BYTES && some.hasNext()) {
            bytes += addAll(some.next(), candidates);
        }
        return candidates;
    }

    private static long addAll(Shelved shelved, List<Nearest.Candidate> candidates) {
        long bytes = 0;
        Cassette cassette = shelved.cassette();
        for (int place = 0; place < shelved.recorded().size(); place++) {
            candidates.add(new Nearest.Candidate(
                    cassette.name(), place, shelved.recorded().get(place)));
            bytes += cassette.interactions().get(place).request().body().length();
        }
        return bytes;
    }
}
