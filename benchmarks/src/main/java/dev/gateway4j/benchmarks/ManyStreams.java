package dev.gateway4j.benchmarks;

import dev.gateway4j.api.Mode;
import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.StandIn;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.simulator.SimulatedOpenAi;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What ten thousand open streams occupy: opens them all, each with a prompt of its own, pulls half of every stream, and prints the used
 * heap after a full collection; then reads them to their ends. Run with {@code -Xmx1g}.
 */
public final class ManyStreams {
    private static final int STREAMS = 10_000;
    private static final int HALF = 30;

    private ManyStreams() {}

    /** Runs it. */
    public static void main(String[] args) {
        TimeSource time = TimeSource.system();
        StandIn simulator = SimulatedOpenAi.of(Gateways.settings("development", Mode.SIMULATED), time, 7);
        long before = used();
        List<WireReply> open = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            WireReply reply = (WireReply) simulator.answer(request(i, time.nanos()));
            for (int event = 0; event < HALF; event++) {
                reply.frames().next();
            }
            open.add(reply);
        }
        long during = used();
        long bytes = 0;
        for (WireReply reply : open) {
            while (reply.frames().next() instanceof Frame.Chunk chunk) {
                bytes += chunk.bytes().length;
            }
            reply.frames().close();
        }
        System.out.printf(
                "%d streams open: %d MB of heap, %d bytes a stream; %d bytes in their second halves; most memory %d MB%n",
                STREAMS,
                during >> 20,
                (during - before) / STREAMS,
                bytes,
                Runtime.getRuntime().maxMemory() >> 20);
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static WireRequest request(int number, long now) {
        String body =
                "{\"model\":\"gpt-4o-mini\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Tell me of number "
                        + number + "\"}]}";
        return new WireRequest(
                "call-" + number,
                1,
                "POST",
                "https",
                "api.openai.com",
                "/v1/chat/completions",
                "",
                "/v1/chat/completions",
                WireHeaders.empty(),
                CallTags.none(),
                body.getBytes(StandardCharsets.UTF_8),
                now);
    }
}
