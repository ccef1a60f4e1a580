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
import dev.gateway4j.api.spi.WireAnswer;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.api.spi.WireRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
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

    static Sim judging(Strictness strictness) {
        ManualTime time = ManualTime.standing();
        return new Sim(
                SimulatedOpenAi.builder()
                        .config(config("instant", List.of()))
                        .time(time)
                        .seed(7)
                        .strictness(strictness)
                        .build(),
                time);
    }

    static Sim around(SimulatedOpenAi openAi) {
        return new Sim(openAi, ManualTime.standing());
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

    /** Lets time pass. */
    void advance(Duration passed) {
        time.advance(passed);
    }

    /** What the clock says. */
    long nanos() {
        return time.nanos();
    }

    Answer delete(String path) {
        return send("DELETE", path, new byte[0]);
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

    /** A form with one file and texts by alternating names and values. */
    Answer upload(String path, String field, String fileName, String content, String... texts) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < texts.length; i += 2) {
            form.append("--limit\r\nContent-Disposition: form-data; name=\"")
                    .append(texts[i])
                    .append("\"\r\n\r\n")
                    .append(texts[i + 1])
                    .append("\r\n");
        }
        form.append("--limit\r\nContent-Disposition: form-data; name=\"")
                .append(field)
                .append("\"; filename=\"")
                .append(fileName)
                .append("\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .append(content)
                .append("\r\n--limit--\r\n");
        return send(
                "POST",
                path,
                "",
                Endpoint.of(path),
                WireHeaders.of("content-type", "multipart/form-data; boundary=limit"),
                form.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Moves the clock. */
    void pass(Duration step) {
        time.advance(step);
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

    /** A request with headers. */
    Answer send(String method, String path, WireHeaders headers, byte[] body) {
        return read((WireReply) openAi.answer(request(method, path, "", Endpoint.of(path), headers, body)));
    }

    /** A form. */
    Answer form(String path, Multipart form) {
        return send("POST", path, WireHeaders.of("content-type", form.contentType()), form.bytes());
    }

    /** A realtime conversation. */
    RealtimeConnection realtime(String query, String... headers) {
        return openAi.realtime(
                request("GET", "/v1/realtime", query, "/v1/realtime", WireHeaders.of(headers), new byte[0]));
    }

    private Answer send(String method, String path, String query, String endpoint, byte[] body) {
        return send(method, path, query, endpoint, WireHeaders.empty(), body);
    }

    private Answer send(String method, String path, String query, String endpoint, WireHeaders headers, byte[] body) {
        return read((WireReply) answer(method, path, query, endpoint, headers, body));
    }

    /** A simulator made by hand, on a clock that stands. */
    static Sim with(Consumer<SimulatedOpenAi.Builder> settings) {
        ManualTime time = ManualTime.standing();
        SimulatedOpenAi.Builder builder = SimulatedOpenAi.builder()
                .config(config("instant", List.of()))
                .time(time)
                .seed(7);
        settings.accept(builder);
        return new Sim(builder.build(), time);
    }

    Faults faults() {
        return openAi.faults();
    }

    /** A request with headers, whatever becomes of it. */
    WireAnswer ask(String method, String path, String body, String... headers) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return answer(method, path, "", Endpoint.of(path), WireHeaders.of(headers), bytes);
    }

    /** A request to a deployment of Azure. */
    Answer azure(String path, String body, String... headers) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return send("POST", path, "api-version=2024-10-21", Endpoint.of(path), WireHeaders.of(headers), bytes);
    }

    /** The same where a reply is expected. */
    Answer reply(String method, String path, String body, String... headers) {
        return read((WireReply) ask(method, path, body, headers));
    }

    private WireAnswer answer(
            String method, String path, String query, String endpoint, WireHeaders headers, byte[] body) {
        return openAi.answer(request(method, path, query, endpoint, headers, body));
    }

    private WireRequest request(
            String method, String path, String query, String endpoint, WireHeaders headers, byte[] body) {
        return new WireRequest(
                "call-1",
                1,
                method,
                "https",
                "api.openai.com",
                path,
                query,
                endpoint,
                headers,
                CallTags.none().withUser(headers.first("x-test-user").orElse("nobody")),
                body,
                time.nanos());
    }

    static Answer read(WireReply reply) {
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
        String failure = frame instanceof Frame.Fault fault ? fault.kind().name() : "";
        return new Answer(
                reply.status(),
                reply.headers(),
                all.toString(StandardCharsets.UTF_8),
                reply.dueNanos(),
                dues,
                failure,
                all.toByteArray());
    }

    /**
     * An answer.
     *
     * @param status the status
     * @param headers the headers
     * @param body the whole body
     * @param due when the headers arrive
     * @param dues when each frame arrives, the end included
     * @param failure how the body broke off; empty if it did not
     * @param bytes the whole body
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Answer(
            int status, WireHeaders headers, String body, long due, List<Long> dues, String failure, byte[] bytes) {
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
