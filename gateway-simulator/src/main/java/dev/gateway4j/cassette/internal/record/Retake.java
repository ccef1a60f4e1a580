package dev.gateway4j.cassette.internal.record;

import dev.gateway4j.cassette.CassetteException;
import dev.gateway4j.cassette.Extras;
import dev.gateway4j.cassette.Interaction;
import dev.gateway4j.cassette.RecordedBody;
import dev.gateway4j.cassette.RecordedRequest;
import dev.gateway4j.cassette.RecordedResponse;
import dev.gateway4j.cassette.internal.scrub.LeakGuard;
import dev.gateway4j.cassette.internal.scrub.Scrubber;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** An interaction that is recorded once more, laid out and scrubbed as when it was recorded first. */
public final class Retake {
    private Retake() {}

    /**
     * The interaction with a new answer. Its id, its request and members nobody knows stay.
     *
     * @param recorded what is in the cassette
     * @param sent what was sent; itself or the request of {@code recorded}
     * @param live the answer as it came
     * @throws CassetteException if it would give a secret away; the message names the place and not the value
     */
    public static Interaction of(
            Interaction recorded, RecordedRequest sent, RecordedResponse live, Scrubber scrubber, Instant at) {
        RecordedResponse plain = unpacked(live);
        Interaction scrubbed = scrubber.scrub(new Interaction(recorded.id(), sent, plain, Extras.none()));
        Interaction laidOut = Exchange.laidOut(scrubbed);
        boolean same = sent.equals(recorded.request());
        Extras extras = extras(recorded.response(), laidOut.response())
                .with(
                        RecordedResponse.RECORDED_AT,
                        at.truncatedTo(ChronoUnit.MILLIS).toString());
        Interaction taken = new Interaction(
                recorded.id(),
                same ? recorded.request() : laidOut.request(),
                laidOut.response().with(extras),
                recorded.extras().without(RecordedResponse.RECORDED_AT));
        Optional<String> leak = LeakGuard.find(taken);
        if (leak.isPresent()) {
            throw new CassetteException("it would give away " + leak.get().replaceFirst("^interaction [0-9]+, ", "")
                    + ". Take that out of the answer's source, or scrub it, and try again.");
        }
        return taken;
    }

    private static RecordedResponse unpacked(RecordedResponse live) {
        RecordedResponse named = new RecordedResponse(
                live.protocol(),
                live.transferEncoding(),
                live.trailer(),
                live.contentLength(),
                live.uncompressed(),
                live.body(),
                live.headers().without("Transfer-Encoding"),
                StatusLine.of(live.code()),
                live.code(),
                live.duration(),
                arrivals(live));
        if (!live.headers().first("Content-Encoding").orElse("").equals("gzip")) {
            return named;
        }
        return Gunzip.unpack(live.body().bytes(), BodyTape.MAX_BYTES, false)
                .map(bytes ->
                        named.with(RecordedBody.of(bytes)).with(named.headers().without("Content-Encoding")))
                .orElse(named);
    }

    /** Only when its parts arrived; the scrubber moves them along when it changes the body. */
    private static Extras arrivals(RecordedResponse live) {
        return live.extras()
                .text(RecordedResponse.CHUNKS)
                .map(chunks -> Extras.none().with(RecordedResponse.CHUNKS, chunks))
                .orElse(Extras.none());
    }

    /** What the old answer had and nobody knows, then what is known of the new one. */
    private static Extras extras(RecordedResponse old, RecordedResponse fresh) {
        Extras extras = old.extras()
                .without(RecordedResponse.CHUNKS)
                .without(RecordedResponse.ENDING)
                .without(RecordedResponse.LAYOUT);
        Optional<String> chunks = fresh.extras().text(RecordedResponse.CHUNKS);
        if (chunks.isPresent()) {
            extras = extras.with(RecordedResponse.CHUNKS, chunks.get());
        }
        Optional<String> layout = fresh.extras().text(RecordedResponse.LAYOUT);
        return layout.isPresent() ? extras.with(RecordedResponse.LAYOUT, layout.get()) : extras;
    }
}
