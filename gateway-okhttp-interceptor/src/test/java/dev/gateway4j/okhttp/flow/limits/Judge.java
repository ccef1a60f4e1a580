package dev.gateway4j.okhttp.flow.limits;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.api.spi.StandIn;
import dev.gateway4j.api.spi.WireAnswer;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.okhttp.flow.faults.RawServer;
import dev.gateway4j.simulator.RateLimits;
import dev.gateway4j.simulator.SimulatedOpenAi;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The simulator with limits of its own, which answers 429 to whoever oversteps them, and counts how often it had to. */
final class Judge implements StandIn {
    private final SimulatedOpenAi openai;
    private final TimeSource time;
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    /** A judge by these limits, such as {@code *: 60 rpm, 2000 tpm}. */
    Judge(String limits, TimeSource time) {
        this.time = time;
        this.openai = SimulatedOpenAi.builder()
                .config(Limited.simulated())
                .time(time)
                .limits(RateLimits.parse(limits))
                .build();
    }

    int asked() {
        return asked.get();
    }

    int refused() {
        return refused.get();
    }

    @Override
    public WireAnswer answer(WireRequest request) {
        WireAnswer answer = openai.answer(request);
        asked.incrementAndGet();
        if (answer instanceof WireReply reply && reply.status() == 429) {
            refused.incrementAndGet();
        }
        return answer;
    }

    /** The judge behind a socket on loopback. */
    RawServer listen() throws IOException {
        return RawServer.start(this::hold);
    }

    private boolean hold(RawServer.Exchange exchange) throws IOException {
        String[] line = exchange.line().split(" ", -1);
        WireHeaders.Builder headers = WireHeaders.builder();
        exchange.headers().forEach(headers::add);
        byte[] question = exchange.body().getBytes(StandardCharsets.UTF_8);
        WireReply reply = (WireReply) answer(new WireRequest(
                "judged",
                1,
                line[0],
                "https",
                "api.openai.com",
                line[1],
                "",
                line[1],
                headers.build(),
                CallTags.none(),
                question,
                time.nanos()));
        byte[] body = body(reply.frames());
        StringBuilder head = new StringBuilder("HTTP/1.1 " + reply.status() + " Said\r\n");
        for (Map.Entry<String, String> header : reply.headers().entries()) {
            if (!header.getKey().equals("transfer-encoding") && !header.getKey().equals("connection")) {
                head.append(header.getKey())
                        .append(": ")
                        .append(header.getValue())
                        .append("\r\n");
            }
        }
        head.append("content-length: ").append(body.length).append("\r\n\r\n");
        exchange.send(head + new String(body, StandardCharsets.ISO_8859_1));
        return true;
    }

    private static byte[] body(Frames frames) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (frames) {
            for (Frame next = frames.next(); next instanceof Frame.Chunk chunk; next = frames.next()) {
                body.write(chunk.bytes());
            }
        }
        return body.toByteArray();
    }
}
