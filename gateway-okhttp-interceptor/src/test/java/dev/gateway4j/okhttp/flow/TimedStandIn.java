package dev.gateway4j.okhttp.flow;

import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.api.spi.StandIn;
import dev.gateway4j.api.spi.WireAnswer;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.api.spi.WireRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Streams given pieces with a pause before each, and counts what is open. */
final class TimedStandIn implements StandIn {
    private final List<String> pieces;
    private final long pauseNanos;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger pulled = new AtomicInteger();

    TimedStandIn(Duration pause, String... pieces) {
        this.pieces = List.of(pieces);
        this.pauseNanos = pause.toNanos();
    }

    /** How many replies are open now. */
    int open() {
        return open.get();
    }

    /** How many replies were ever opened. */
    int opened() {
        return opened.get();
    }

    /** How many frames were asked for. */
    int pulled() {
        return pulled.get();
    }

    @Override
    public WireAnswer answer(WireRequest request) {
        List<Frame> frames = new ArrayList<>();
        long due = request.arrivedNanos();
        for (String piece : pieces) {
            due += pauseNanos;
            frames.add(new Frame.Chunk(due, piece.getBytes(StandardCharsets.UTF_8)));
        }
        frames.add(new Frame.End(due, WireHeaders.empty()));
        open.incrementAndGet();
        opened.incrementAndGet();
        return new WireReply(
                200,
                WireHeaders.of("content-type", "text/event-stream; charset=utf-8"),
                request.arrivedNanos(),
                counted(Frames.of(frames)));
    }

    private Frames counted(Frames frames) {
        return new Frames() {
            @Override
            public Frame next() {
                pulled.incrementAndGet();
                return frames.next();
            }

            @Override
            public void close() {
                open.decrementAndGet();
            }
        };
    }
}
