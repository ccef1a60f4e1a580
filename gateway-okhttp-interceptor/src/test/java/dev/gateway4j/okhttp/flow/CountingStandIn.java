package dev.gateway4j.okhttp.flow;

import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.api.spi.StandIn;
import dev.gateway4j.api.spi.WireAnswer;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.api.spi.WireRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Gives everybody the same JSON, and counts. */
final class CountingStandIn implements StandIn {
    private final int status;
    private final byte[] body;
    private final AtomicInteger asked = new AtomicInteger();

    CountingStandIn(int status, String body) {
        this.status = status;
        this.body = body.getBytes(StandardCharsets.UTF_8);
    }

    int asked() {
        return asked.get();
    }

    @Override
    public WireAnswer answer(WireRequest request) {
        asked.incrementAndGet();
        long now = request.arrivedNanos();
        return new WireReply(
                status,
                WireHeaders.of("content-type", "application/json"),
                now,
                Frames.of(List.of(new Frame.Chunk(now, body), new Frame.End(now, WireHeaders.empty()))));
    }
}
