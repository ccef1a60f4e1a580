package dev.gateway4j.testkit;

import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.api.spi.StandIn;
import dev.gateway4j.api.spi.WireAnswer;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.api.spi.WireRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A stand-in that answers what a test says, keeps what it was asked, and counts how its frames are closed. */
final class ScriptedStandIn implements StandIn {
    final BlockingQueue<WireRequest> asked = new LinkedBlockingQueue<>();
    /** One entry for each close of each reply. */
    final BlockingQueue<String> closes = new LinkedBlockingQueue<>();

    final AtomicInteger pulled = new AtomicInteger();
    private final Function<WireRequest, WireAnswer> script;

    private ScriptedStandIn(Function<WireRequest, WireAnswer> script) {
        this.script = script;
    }

    static ScriptedStandIn answering(Function<WireRequest, WireAnswer> script) {
        return new ScriptedStandIn(script);
    }

    /** The whole body at once. */
    static WireReply json(WireRequest request, int status, String body) {
        long now = request.arrivedNanos();
        return new WireReply(
                status,
                WireHeaders.of("content-type", "application/json"),
                now,
                Frames.of(body.getBytes(StandardCharsets.UTF_8), now));
    }

    /** A stream that starts at once. */
    static WireReply stream(WireRequest request, Frame... frames) {
        return new WireReply(
                200,
                WireHeaders.of("content-type", "text/event-stream"),
                request.arrivedNanos(),
                Frames.of(List.of(frames)));
    }

    static Frame.Chunk chunk(long dueNanos, String text) {
        return new Frame.Chunk(dueNanos, text.getBytes(StandardCharsets.UTF_8));
    }

    static Frame.End end(long dueNanos) {
        return new Frame.End(dueNanos, WireHeaders.empty());
    }

    @Override
    public WireAnswer answer(WireRequest request) {
        asked.add(request);
        WireAnswer answer = script.apply(request);
        return answer instanceof WireReply reply ? watched(request, reply) : answer;
    }

    private WireReply watched(WireRequest request, WireReply reply) {
        Frames inner = reply.frames();
        Frames outer = new Frames() {
            @Override
            public Frame next() {
                pulled.incrementAndGet();
                return inner.next();
            }

            @Override
            public void close() {
                closes.add(request.callId());
                inner.close();
            }
        };
        return new WireReply(reply.status(), reply.headers(), reply.dueNanos(), outer);
    }
}
