package dev.gateway4j.simulator;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.Mode;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.config.ErrorDetail;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.Isolation;
import dev.gateway4j.api.config.LogLevel;
import dev.gateway4j.api.config.Profile;
import dev.gateway4j.api.config.ResponseRule;
import dev.gateway4j.api.config.ResponseType;
import dev.gateway4j.api.openai.Endpoint;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.api.spi.WireRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A simulator under test, and its answers read to their end. */
final class Sim {
    private final SimulatedOpenAi openAi;
    private final ManualTime time;

    private Sim(SimulatedOpenAi openAi, ManualTime time) {
        this.openAi = openAi;
        this.time = time;
    }

    static Sim standard() {
        return of(7, "instant", List.of());
    }

    static Sim of(long seed, String latency, List<ResponseRule> rules) {
        ManualTime time = ManualTime.standing();
        return new Sim(SimulatedOpenAi.of(config(latency, rules), time, seed), time);
    }

    static GatewayConfig config(String latency, List<ResponseRule> rules) {
        return new GatewayConfig(
                "development",
                Profile.DEVELOPMENT,
                Mode.SIMULATED,
                Isolation.STRICT,
                Map.of(),
                List.of(),
                Map.of(),
                rules,
                ResponseType.GENERATED,
                LogLevel.VERBOSE,
                ErrorDetail.DETAILED,
                1 << 20,
                200,
                7,
                latency,
                List.of());
    }

    Answer chat(String body) {
        return post("/v1/chat/completions", body);
    }

    Answer post(String path, String body) {
        return send("POST", path, body.getBytes(StandardCharsets.UTF_8));
    }

    Answer get(String path) {
        return send("GET", path, new byte[0]);
    }

    Answer send(String method, String target, byte[] body) {
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        String query = mark < 0 ? "" : target.substring(mark + 1);
        return send(method, path, query, Endpoint.of(path), body);
    }

    /** A request below the base path of an upstream, which the gateway knows and the path does not tell. */
    Answer below(String basePath, String method, String path, String body) {
        return send(method, path, "", Endpoint.of(path, basePath), body.getBytes(StandardCharsets.UTF_8));
    }

    private Answer send(String method, String path, String query, String endpoint, byte[] body) {
        return read(openAi.answer(new WireRequest(
                "call-1",
                1,
                method,
                "https",
                "api.openai.com",
                path,
                query,
                endpoint,
                WireHeaders.empty(),
                CallTags.none(),
                body,
                time.nanos())));
    }

    private static Answer read(WireReply reply) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        List<Long> dues = new ArrayList<>();
        Frame frame = reply.frames().next();
        while (frame instanceof Frame.Chunk chunk) {
            all.writeBytes(chunk.bytes());
            dues.add(chunk.dueNanos());
            frame = reply.frames().next();
        }
        dues.add(frame.dueNanos());
        reply.frames().close();
        return new Answer(
                reply.status(), reply.headers(), all.toString(StandardCharsets.UTF_8), reply.dueNanos(), dues);
    }

    /**
     * An answer.
     *
     * @param status the status
     * @param headers the headers
     * @param body the whole body
     * @param due when the headers arrive
     * @param dues when each frame arrives, the end included
     */
    record Answer(int status, WireHeaders headers, String body, long due, List<Long> dues) {
        String header(String name) {
            return headers.first(name).orElse("(absent)");
        }

        String allHeaders() {
            return headers.entries().stream()
                    .map(entry -> entry.getKey() + ": " + entry.getValue() + "\n")
                    .collect(Collectors.joining());
        }

        /** The JSON of every {@code data:} line. */
        List<String> data() {
            return body.lines()
                    .filter(line -> line.startsWith("data: "))
                    .map(line -> line.substring("data: ".length()))
                    .toList();
        }
    }
}
