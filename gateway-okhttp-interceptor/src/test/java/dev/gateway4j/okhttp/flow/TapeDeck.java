package dev.gateway4j.okhttp.flow;

import dev.gateway4j.api.Refusal;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.call.Ending;
import dev.gateway4j.api.spi.Recorder;
import dev.gateway4j.api.spi.WireRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A recorder that keeps exchanges in memory, objects where it is told to, and has a disk that is full where it is told to. */
final class TapeDeck implements Recorder {
    final List<Take> takes = new CopyOnWriteArrayList<>();
    private final String failing;
    private final Optional<Refusal> objection;
    volatile boolean closed;

    private TapeDeck(String failing, Optional<Refusal> objection) {
        this.failing = failing;
        this.objection = objection;
    }

    static TapeDeck working() {
        return new TapeDeck("", Optional.empty());
    }

    static TapeDeck fullAt(String where) {
        return new TapeDeck(where, Optional.empty());
    }

    static TapeDeck objecting(Refusal why) {
        return new TapeDeck("", Optional.of(why));
    }

    Take only() {
        if (takes.size() != 1) {
            throw new AssertionError("expected one take, got " + takes);
        }
        return takes.get(0);
    }

    @Override
    public Optional<Refusal> objection(WireRequest request) {
        failAt("objection");
        return objection;
    }

    @Override
    public Recording open(WireRequest request) {
        failAt("open");
        Take take = new Take(request);
        takes.add(take);
        return take;
    }

    @Override
    public void close() {
        closed = true;
        failAt("close");
    }

    private void failAt(String where) {
        if (failing.equals(where)) {
            throw new UncheckedIOException(new IOException("No space left on device at " + where));
        }
    }

    /** One exchange. */
    final class Take implements Recording {
        final WireRequest request;
        final List<String> chunks = new ArrayList<>();
        final List<String> endings = new CopyOnWriteArrayList<>();
        int status;
        WireHeaders headers = WireHeaders.empty();

        Take(WireRequest request) {
            this.request = request;
        }

        String body() {
            return String.join("", chunks);
        }

        String question() {
            return new String(request.body(), StandardCharsets.UTF_8);
        }

        @Override
        public void head(int code, WireHeaders fields, long atNanos) {
            status = code;
            headers = fields;
            failAt("head");
        }

        @Override
        public void chunk(byte[] bytes, int offset, int length, long atNanos) {
            chunks.add(new String(bytes, offset, length, StandardCharsets.ISO_8859_1));
            failAt("chunk");
        }

        @Override
        public void end(Ending ending, boolean delivered, long atNanos) {
            endings.add(ending.id() + (delivered ? " delivered" : " not delivered"));
            failAt("end");
        }

        @Override
        public String toString() {
            return request.path() + " " + status + " " + endings;
        }
    }
}
