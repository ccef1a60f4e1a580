package dev.gateway4j.cassette.internal.record;

import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.call.Ending;
import dev.gateway4j.api.spi.Recorder;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.cassette.CassetteException;
import dev.gateway4j.cassette.Extras;
import dev.gateway4j.cassette.Interaction;
import dev.gateway4j.cassette.RecordedResponse;
import dev.gateway4j.cassette.internal.record.Exchange.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One exchange while it happens: notes what passes, and saves it when it has ended. */
final class Take implements Recorder.Recording {
    // It has its number only when it has its place.
    private static final Pattern NUMBER = Pattern.compile("^interaction [0-9]+, ");

    private final FileRecorder recorder;
    private final String name;
    private final WireRequest request;
    private final Tapes.Hold hold;
    private final long place;
    private final long openedNanos;
    private final Instant openedAt;
    private final BodyTape body;
    private @Nullable Answer answer;

    Take(FileRecorder recorder, String name, WireRequest request, Tapes.Hold hold) {
        this.recorder = recorder;
        this.name = name;
        this.request = request;
        this.hold = hold;
        this.place = hold.tape().nextPlace();
        this.openedNanos = recorder.time().nanos();
        this.openedAt = recorder.time().now().truncatedTo(ChronoUnit.MILLIS);
        this.body = new BodyTape(recorder.means().maxBytes());
    }

    @Override
    public void head(int status, WireHeaders headers, long atNanos) {
        Duration latency = Duration.ofNanos(Math.max(0, atNanos - openedNanos));
        answer = new Answer(status, headers, atNanos, latency);
    }

    @Override
    public void chunk(byte[] bytes, int offset, int length, long atNanos) {
        body.add(bytes, offset, length, atNanos);
    }

    @Override
    public void end(Ending ending, boolean delivered, long atNanos) {
        try (hold) {
            Answer begun = answer;
            if (begun != null && ending != Ending.REFUSED && (delivered || recorder.savesEveryAttempt())) {
                save(begun, ending);
            }
        } catch (CassetteException e) {
            throw recorder.failures().add(name, new IOException(e.getMessage(), e));
        } catch (RuntimeException e) {
            throw recorder.failures().add(name, unexpected(e, "This is a bug of the gateway."));
        } catch (Error e) {
            // Whoever catches it, the end of the recorder tells.
            UncheckedIOException unusedToldAtTheEnd = recorder.failures().add(name, unexpected(e, "Record it again."));
            throw e;
        }
    }

    /** Without the message of what went wrong, which may quote a body that is not scrubbed. */
    private IOException unexpected(Throwable e, String then) {
        IOException told = new IOException("Cassette \"" + name + "\" was not written: "
                + e.getClass().getName() + " while the exchange was prepared. " + then);
        told.setStackTrace(e.getStackTrace());
        return told;
    }

    private void save(Answer begun, Ending ending) {
        if (body.overflowed()) {
            throw new CassetteException("Cassette \"" + name + "\" was not written: the answer has " + body.length()
                    + " bytes, and a recording at most " + recorder.means().maxBytes()
                    + ". Ask for less, or let this call pass without recording it.");
        }
        byte[] arrived = body.bytes();
        Optional<byte[]> unpacked = begun.isGzip()
                ? Gunzip.unpack(arrived, recorder.means().maxBytes(), ending != Ending.COMPLETED)
                : Optional.empty();
        byte[] plain = unpacked.orElse(arrived);
        Answer head = unpacked.isPresent() ? begun.unpacked() : begun;
        Extras extras = extras(begun, ending, arrived.length, plain.length);
        // Chunks go through the scrubber too, which moves them along when it changes the body.
        Interaction saved = Exchange.laidOut(recorder.scrubber().scrub(Exchange.of(request, head, plain, extras)));
        Optional<String> leak = recorder.means().guard().apply(saved);
        if (leak.isPresent()) {
            throw new CassetteException(
                    "Cassette \"" + name + "\" was not written after call " + request.callId() + ": "
                            + NUMBER.matcher(leak.get()).replaceFirst("")
                            + ". Take it out of what is sent or answered, and record again.");
        }
        hold.tape().add(place, saved);
        recorder.begun(name);
    }

    private Extras extras(Answer begun, Ending ending, int arrived, int plain) {
        Extras extras = Extras.none();
        if (begun.isEventStream() || body.arrivals().count() > 1) {
            // A packed body is longer than what arrived; what arrived when is then known in proportion only.
            String chunks = body.arrivals()
                    .text(begun.atNanos(), end -> arrived == plain ? end : Math.round((double) end / arrived * plain));
            extras = chunks.isEmpty() ? extras : extras.with(RecordedResponse.CHUNKS, chunks);
        }
        if (ending != Ending.COMPLETED) {
            extras = extras.with(RecordedResponse.ENDING, ending.id());
        }
        return extras.with(RecordedResponse.RECORDED_AT, openedAt.toString());
    }
}
