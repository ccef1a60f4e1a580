package dev.gateway4j.testkit;

import static dev.gateway4j.testkit.ScriptedStandIn.chunk;
import static dev.gateway4j.testkit.ScriptedStandIn.end;
import static dev.gateway4j.testkit.ScriptedStandIn.json;
import static dev.gateway4j.testkit.ScriptedStandIn.stream;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.spi.FaultKind;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.api.spi.WireRequest;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(300)
class GatewayServerTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final HttpClient jdk =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final OkHttpClient ok = new OkHttpClient.Builder()
            .retryOnConnectionFailure(false)
            .readTimeout(Duration.ZERO)
            .build();

    @Test
    void an_answer_known_at_once_arrives_in_chunks_as_openai_sends_it() throws Exception {
        ScriptedStandIn standIn = ScriptedStandIn.answering(request -> json(request, 200, "{\"ok\":true}"));

        try (GatewayServer server = start(standIn)) {
            HttpResponse<String> response = post(server, "/chat/completions", "{\"model\":\"gpt-4o\"}");

            assertThat(response.body()).isEqualTo("{\"ok\":true}");
            assertThat(response.headers().map())
                    .containsEntry("transfer-encoding", List.of("chunked"))
                    .doesNotContainKey("content-length");
        }
    }

    @Test
    void an_answer_that_tells_its_length_arrives_with_it() throws Exception {
        ScriptedStandIn standIn = ScriptedStandIn.answering(request -> {
            WireReply reply = json(request, 200, "{\"ok\":true}");
            WireHeaders headers = WireHeaders.of("content-type", "application/json", "content-length", "11");
            return new WireReply(200, headers, reply.dueNanos(), reply.frames());
        });

        try (GatewayServer server = start(standIn)) {
            HttpResponse<String> response = post(server, "/chat/completions?a=b", "{\"model\":\"gpt-4o\"}");

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo("{\"ok\":true}");
            assertThat(response.headers().map())
                    .containsEntry("content-length", List.of("11"))
                    .containsEntry("content-type", List.of("application/json"))
                    .doesNotContainKey("transfer-encoding");
        }
    }

    @Test
    void the_stand_in_sees_the_request_as_sent_without_the_value_of_a_credential() throws Exception {
        ScriptedStandIn standIn = ScriptedStandIn.answering(request -> json(request, 200, "{}"));

        try (GatewayServer server = start(standIn)) {
            jdk.send(
                    HttpRequest.newBuilder(
                                    URI.create(server.baseUrl() + "/chat/completions?a=b%20c&api-key=sk-test-red-0000"))
                            .header("Authorization", "Bearer sk-test-blue-0000")
                            .header("api-key", "test-green-0000")
                            .header("Cookie", "session=test-yellow-0000")
                            .header("Sec-WebSocket-Protocol", "realtime, openai-insecure-api-key.sk-test-grey-0000")
                            .header("X-Request-Tag", "seven")
                            .header("X-Cassette-Name", "chat-basic")
                            .header("X-Gateway-User", "anna")
                            .header("X-Gateway-Sim", "fault=500")
                            .POST(BodyPublishers.ofString("{\"n\":1}"))
                            .build(),
                    BodyHandlers.ofString());

            WireRequest asked = standIn.asked.take();
            assertThat(asked.method()).isEqualTo("POST");
            assertThat(asked.path()).isEqualTo("/v1/chat/completions");
            assertThat(asked.query()).isEqualTo("a=b%20c");
            assertThat(asked.authority()).isEqualTo("127.0.0.1:" + server.port());
            assertThat(new String(asked.body(), UTF_8)).isEqualTo("{\"n\":1}");
            assertThat(asked.headers().first("x-request-tag")).hasValue("seven");
            assertThat(asked.headers().first("authorization")).hasValue("Bearer redacted");
            assertThat(asked.headers().first("api-key")).hasValue("redacted");
            assertThat(asked.headers().first("cookie")).hasValue("redacted");
            assertThat(asked.headers().first("sec-websocket-protocol")).hasValue("realtime");
            assertThat(asked.headers().first("x-cassette-name")).isEmpty();
            assertThat(asked.headers().first("x-gateway-user")).isEmpty();
            assertThat(asked.headers().first("x-gateway-sim")).hasValue("fault=500");
            assertThat(asked.tags()).isEqualTo(CallTags.none().withUser("anna").withCassette("chat-basic"));
            assertThat(asked.endpoint()).isEqualTo("/v1/chat/completions");
            assertThat(asked.attempt()).isEqualTo(1);
        }
    }

    @Test
    void a_test_finds_what_was_served() throws Exception {
        ScriptedStandIn standIn = ScriptedStandIn.answering(request -> json(request, 418, "{}"));

        try (GatewayServer server = start(standIn)) {
            post(server, "/embeddings?x=1", "{\"input\":\"hi\"}");

            assertThat(server.requests()).singleElement().satisfies(served -> {
                assertThat(served.method()).isEqualTo("POST");
                assertThat(served.path()).isEqualTo("/v1/embeddings?x=1");
                assertThat(served.bodyText()).isEqualTo("{\"input\":\"hi\"}");
                assertThat(served.status()).isEqualTo(OptionalInt.of(418));
                assertThat(served.headers().first("content-length")).hasValue("14");
            });
        }
    }

    @Test
    void the_journal_keeps_the_last_thousand_requests_and_the_first_64_kilobytes_of_a_body() throws Exception {
        ScriptedStandIn standIn = ScriptedStandIn.answering(request -> json(request, 200, "{}"));

        try (GatewayServer server = start(standIn)) {
            for (int i = 0; i < 1005; i++) {
                ask(ok, server, "/models/" + i);
            }
            post(server, "/files", "x".repeat(100_000));

            assertThat(server.requests()).hasSize(1000);
            assertThat(server.requests().get(0).path()).isEqualTo("/v1/models/6");
            assertThat(server.requests().get(999).body()).hasSize(64 * 1024);
        }
    }

    @Test
    void five_hundred_requests_in_a_row_use_one_connection() throws Exception {
        ScriptedStandIn standIn = ScriptedStandIn.answering(request -> json(request, 200, "{}"));
        Set<Connection> connections = ConcurrentHashMap.newKeySet();
        OkHttpClient client = ok.newBuilder()
                .eventListener(new EventListener() {
                    @Override
                    public void connectionAcquired(Call call, Connection connection) {
                        connections.add(connection);
                    }
                })
                .build();

        try (GatewayServer server = start(standIn)) {
            for (int i = 0; i < 500; i++) {
                assertThat(ask(client, server, "/models")).isEqualTo("{}");
            }
        }

        assertThat(connections).hasSize(1);
    }

    @Test
    void the_first_chunk_of_a_stream_can_be_read_before_the_second_is_due() throws Exception {
        ManualTime time = ManualTime.standing();
        ScriptedStandIn standIn = ScriptedStandIn.answering(
                request -> stream(request, chunk(0, "one"), chunk(SECOND, "two"), end(SECOND)));

        try (GatewayServer server = GatewayServer.start(standIn, time);
                Response response = ok.newCall(get(server, "/stream")).execute()) {
            assertThat(response.header("Transfer-Encoding")).isEqualTo("chunked");
            assertThat(response.body().source().readUtf8(3)).isEqualTo("one");
            assertThat(time.nanos()).isZero();

            time.advance(Duration.ofSeconds(1));
            assertThat(response.body().string()).isEqualTo("two");
            assertThat(standIn.closes.take()).isNotNull();
        }
    }

    @Test
    void a_connection_serves_another_request_after_a_stream() throws Exception {
        ScriptedStandIn standIn = ScriptedStandIn.answering(
                request -> stream(request, chunk(SECOND, "one"), chunk(2 * SECOND, "two"), end(2 * SECOND)));
        Set<Connection> connections = ConcurrentHashMap.newKeySet();
        OkHttpClient client = ok.newBuilder()
                .eventListener(new EventListener() {
                    @Override
                    public void connectionAcquired(Call call, Connection connection) {
                        connections.add(connection);
                    }
                })
                .build();

        try (GatewayServer server = start(standIn)) {
            assertThat(ask(client, server, "/stream")).isEqualTo("onetwo");
            assertThat(ask(client, server, "/stream")).isEqualTo("onetwo");
        }

        assertThat(connections).hasSize(1);
    }

    @Test
    void frames_are_pulled_on_demand() throws Exception {
        ManualTime time = ManualTime.standing();
        ScriptedStandIn standIn = ScriptedStandIn.answering(request ->
                stream(request, chunk(0, "one"), chunk(SECOND, "two"), chunk(2 * SECOND, "three"), end(2 * SECOND)));

        try (GatewayServer server = GatewayServer.start(standIn, time);
                Response response = ok.newCall(get(server, "/stream")).execute()) {
            response.body().source().readUtf8(3);

            assertThat(standIn.pulled.get()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void headers_are_sent_when_they_are_due_and_not_before() throws Exception {
        ManualTime time = ManualTime.standing();
        ScriptedStandIn standIn = ScriptedStandIn.answering(
                request -> new WireReply(200, WireHeaders.empty(), SECOND, Frames.of("late".getBytes(UTF_8), SECOND)));

        try (GatewayServer server = GatewayServer.start(standIn, time)) {
            var pending = jdk.sendAsync(jdkGet(server, "/models"), BodyHandlers.ofString());
            standIn.asked.take();
            while (time.waiting() == 0) {
                Thread.onSpinWait();
            }
            assertThat(pending).isNotDone();

            time.advance(Duration.ofSeconds(1));
            assertThat(pending.get().body()).isEqualTo("late");
        }
    }

    @Test
    void a_client_that_goes_away_inside_a_stream_closes_its_frames_once() throws Exception {
        ManualTime time = ManualTime.standing();
        ScriptedStandIn standIn = ScriptedStandIn.answering(
                request -> stream(request, chunk(0, "one"), chunk(SECOND, "two"), end(SECOND)));

        try (GatewayServer server = GatewayServer.start(standIn, time)) {
            Response response = ok.newCall(get(server, "/stream")).execute();
            response.body().source().readUtf8(3);
            response.close();

            String closed = standIn.closes.take(); // the clock stands: only the client's leaving can end the wait
            assertThat(closed).isEqualTo(standIn.asked.take().callId());
        }
        assertThat(standIn.closes).isEmpty();
    }

    @Test
    void a_client_that_goes_away_before_the_headers_closes_the_frames_once() throws Exception {
        ManualTime time = ManualTime.standing();
        ScriptedStandIn standIn = ScriptedStandIn.answering(
                request -> new WireReply(200, WireHeaders.empty(), SECOND, Frames.of("late".getBytes(UTF_8), SECOND)));

        try (GatewayServer server = GatewayServer.start(standIn, time)) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                socket.getOutputStream().write("GET /v1/models HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(UTF_8));
                standIn.asked.take();
            }

            assertThat(standIn.closes.take()).isNotNull();
        }
        assertThat(standIn.closes).isEmpty();
    }

    @Test
    void a_pipelined_request_is_answered_after_the_stream_before_it() throws Exception {
        ManualTime time = ManualTime.standing();
        ScriptedStandIn standIn =
                ScriptedStandIn.answering(request -> request.path().endsWith("stream")
                        ? stream(request, chunk(0, "one"), chunk(SECOND, "two"), end(SECOND))
                        : json(request, 200, "{\"second\":1}"));

        try (GatewayServer server = GatewayServer.start(standIn, time);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            String streamed = "GET /v1/stream HTTP/1.1\r\nHost: x\r\n\r\n";
            String closing = "GET /v1/models HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write((streamed + closing).getBytes(UTF_8));
            while (time.waiting() == 0) {
                Thread.onSpinWait();
            }
            time.advance(Duration.ofSeconds(1));

            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .contains("3\r\none\r\n3\r\ntwo\r\n0\r\n\r\nHTTP/1.1 200 OK")
                    .endsWith("{\"second\":1}\r\n0\r\n\r\n");
        }
    }

    @Test
    void trailers_follow_the_last_chunk() throws Exception {
        ScriptedStandIn standIn = ScriptedStandIn.answering(
                request -> stream(request, chunk(0, "one"), new Frame.End(0, WireHeaders.of("x-checksum", "17"))));

        try (GatewayServer server = start(standIn);
                Response response = ok.newCall(get(server, "/stream")).execute()) {
            assertThat(response.body().string()).isEqualTo("one");
            assertThat(response.trailers().get("x-checksum")).isEqualTo("17");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultKind.class,
            names = {"RESET", "CUT", "CONNECT_REFUSED", "UNKNOWN_HOST"})
    void a_fault_before_the_headers_gives_the_client_no_answer(FaultKind kind) throws Exception {
        ScriptedStandIn standIn = ScriptedStandIn.answering(request -> new Frame.Fault(SECOND, kind));

        try (GatewayServer server = start(standIn)) {
            assertThatThrownBy(() -> ask(ok, server, "/models")).isInstanceOf(IOException.class);

            assertThat(server.requests()).singleElement().satisfies(served -> assertThat(served.status())
                    .isEmpty());
        }
    }

    @Test
    void a_reset_inside_a_stream_is_a_tcp_reset() throws Exception {
        ManualTime time = ManualTime.standing();
        ScriptedStandIn standIn = ScriptedStandIn.answering(
                request -> stream(request, chunk(0, "one"), new Frame.Fault(SECOND, FaultKind.RESET)));

        try (GatewayServer server = GatewayServer.start(standIn, time);
                Response response = ok.newCall(get(server, "/stream")).execute()) {
            assertThat(response.body().source().readUtf8(3)).isEqualTo("one");
            time.advance(Duration.ofSeconds(1));

            assertThatThrownBy(() -> response.body().source().readByte())
                    .isInstanceOf(java.net.SocketException.class)
                    .hasMessageContaining("reset");
            assertThat(standIn.closes.take()).isNotNull();
        }
        assertThat(standIn.closes).isEmpty();
    }

    @Test
    void a_cut_inside_a_stream_ends_it_without_the_last_chunk() throws Exception {
        ScriptedStandIn standIn = ScriptedStandIn.answering(
                request -> stream(request, chunk(0, "one"), new Frame.Fault(0, FaultKind.CUT)));

        try (GatewayServer server = start(standIn);
                Response response = ok.newCall(get(server, "/stream")).execute()) {
            assertThat(response.body().source().readUtf8(3)).isEqualTo("one");

            assertThatThrownBy(() -> response.body().source().readByte()).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(Stalls.class)
    void a_stall_lasts_until_the_client_gives_up(Stalls where) throws Exception {
        ManualTime time = ManualTime.advancing();
        ScriptedStandIn standIn = ScriptedStandIn.answering(request -> where == Stalls.BEFORE_THE_HEADERS
                ? new Frame.Fault(0, FaultKind.STALL)
                : stream(request, chunk(0, "one"), new Frame.Fault(0, FaultKind.STALL)));
        OkHttpClient impatient =
                ok.newBuilder().readTimeout(Duration.ofMillis(500)).build();

        try (GatewayServer server = GatewayServer.start(standIn, time)) {
            assertThatThrownBy(() -> ask(impatient, server, "/stream"))
                    .isInstanceOf(java.net.SocketTimeoutException.class);

            assertThat(time.nanos()).isZero();
        }
        assertThat(standIn.closes).hasSize(where == Stalls.BEFORE_THE_HEADERS ? 0 : 1);
    }

    enum Stalls {
        BEFORE_THE_HEADERS,
        INSIDE_THE_BODY
    }

    @Test
    void a_body_over_the_bound_is_refused_in_the_shape_of_openai() throws Exception {
        ScriptedStandIn standIn = ScriptedStandIn.answering(request -> json(request, 200, "{}"));

        try (GatewayServer server = GatewayServer.start(standIn, ManualTime.advancing(), 0, 1000)) {
            HttpResponse<String> tooLarge = post(server, "/files", "x".repeat(1001));
            HttpResponse<String> justRight = post(server, "/files", "x".repeat(1000));

            assertThat(tooLarge.statusCode()).isEqualTo(413);
            assertThat(tooLarge.headers().firstValue("x-gateway-refusal")).hasValue("body_too_large");
            assertThat(tooLarge.body())
                    .contains("\"code\":\"gateway_body_too_large\"", "has 1001 bytes", "at most 1000");
            assertThat(justRight.statusCode()).isEqualTo(200);
            assertThat(standIn.asked).hasSize(1);
        }
    }

    @Test
    void a_body_of_unknown_length_from_the_client_arrives_whole() throws Exception {
        ScriptedStandIn standIn = ScriptedStandIn.answering(request -> json(request, 200, "{}"));

        try (GatewayServer server = start(standIn)) {
            jdk.send(
                    HttpRequest.newBuilder(URI.create(server.baseUrl() + "/files"))
                            .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString("y".repeat(70_000))))
                            .build(),
                    BodyHandlers.ofString());

            assertThat(standIn.asked.take().body()).hasSize(70_000);
        }
    }

    @Test
    void fifty_streams_run_at_once() throws Exception {
        ManualTime time = ManualTime.standing();
        ScriptedStandIn standIn = ScriptedStandIn.answering(
                request -> stream(request, chunk(0, request.path()), chunk(SECOND, "!"), end(SECOND)));
        ExecutorService readers = Executors.newFixedThreadPool(50);
        LinkedBlockingQueue<Integer> begun = new LinkedBlockingQueue<>();

        try (GatewayServer server = GatewayServer.start(standIn, time)) {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                int number = i;
                answers.add(readers.submit(() -> {
                    try (Response response =
                            ok.newCall(get(server, "/" + number)).execute()) {
                        response.body().source().require(4);
                        begun.add(number);
                        return response.body().string();
                    }
                }));
            }
            for (int i = 0; i < 50; i++) {
                begun.take();
            }
            time.advance(Duration.ofSeconds(1));

            for (int i = 0; i < 50; i++) {
                assertThat(answers.get(i).get()).isEqualTo("/v1/" + i + "!");
            }
            for (int i = 0; i < 50; i++) {
                standIn.closes.take();
            }
        } finally {
            readers.shutdownNow();
        }
        assertThat(standIn.closes).isEmpty();
    }

    @Test
    void closing_the_server_ends_streams_closes_their_frames_and_frees_the_port() throws Exception {
        ManualTime time = ManualTime.standing();
        ScriptedStandIn standIn =
                ScriptedStandIn.answering(request -> request.path().endsWith("stall")
                        ? stream(request, chunk(0, "one"), new Frame.Fault(0, FaultKind.STALL))
                        : stream(request, chunk(0, "one"), chunk(SECOND, "two"), end(SECOND)));
        GatewayServer server = GatewayServer.start(standIn, time);
        Response waiting = ok.newCall(get(server, "/stream")).execute();
        Response stalled = ok.newCall(get(server, "/stall")).execute();
        waiting.body().source().readUtf8(3);
        stalled.body().source().readUtf8(3);

        server.close();
        server.close();

        assertThat(standIn.closes).hasSize(2);
        assertThatThrownBy(() -> waiting.body().string()).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> stalled.body().string()).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), server.port()))
                .isInstanceOf(ConnectException.class);
        try (GatewayServer again = GatewayServer.start(standIn, time, server.port())) {
            assertThat(again.port()).isEqualTo(server.port());
        }
    }

    @Test
    void a_port_in_use_is_a_bind_exception() throws Exception {
        ScriptedStandIn standIn = ScriptedStandIn.answering(request -> json(request, 200, "{}"));

        try (GatewayServer server = start(standIn)) {
            assertThatThrownBy(() -> GatewayServer.start(standIn, TimeSource.system(), server.port()))
                    .isInstanceOf(BindException.class);
        }
    }

    @Test
    void a_stand_in_that_throws_is_an_error_500_and_the_connection_lives() throws Exception {
        ScriptedStandIn standIn = ScriptedStandIn.answering(request -> {
            throw new IllegalStateException("secret prompt");
        });

        try (GatewayServer server = start(standIn)) {
            HttpResponse<String> response = post(server, "/chat/completions", "{}");

            assertThat(response.statusCode()).isEqualTo(500);
            assertThat(response.body()).contains("IllegalStateException").doesNotContain("secret prompt");
            assertThat(post(server, "/chat/completions", "{}").statusCode()).isEqualTo(500);
        }
    }

    @Test
    void frames_that_throw_cut_the_connection_and_are_closed_once() throws Exception {
        ScriptedStandIn standIn = ScriptedStandIn.answering(
                request -> new WireReply(200, WireHeaders.empty(), request.arrivedNanos(), new Frames() {
                    @Override
                    public Frame next() {
                        throw new IllegalStateException("broken");
                    }

                    @Override
                    public void close() {}
                }));

        try (GatewayServer server = start(standIn)) {
            assertThatThrownBy(() -> ask(ok, server, "/models")).isInstanceOf(IOException.class);
        }
        assertThat(standIn.closes).hasSize(1);
    }

    @Test
    void a_head_request_and_a_204_have_no_body() throws Exception {
        ScriptedStandIn standIn = ScriptedStandIn.answering(
                request -> json(request, request.method().equals("HEAD") ? 200 : 204, "ignored"));

        try (GatewayServer server = start(standIn)) {
            Request head = get(server, "/models").newBuilder().head().build();
            try (Response response = ok.newCall(head).execute()) {
                assertThat(response.code()).isEqualTo(200);
            }
            assertThat(ask(ok, server, "/models")).isEmpty();
        }
        assertThat(standIn.closes).hasSize(2);
    }

    @Test
    void only_this_machine_can_connect() throws Exception {
        ScriptedStandIn standIn = ScriptedStandIn.answering(request -> json(request, 200, "{}"));

        try (GatewayServer server = start(standIn)) {
            assertThat(server.baseUrl()).isEqualTo("http://127.0.0.1:" + server.port() + "/v1");
            assertThatThrownBy(() -> new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 2}), server.port()))
                    .isInstanceOf(ConnectException.class);
        }
    }

    private static GatewayServer start(ScriptedStandIn standIn) throws IOException {
        return GatewayServer.start(standIn, ManualTime.advancing());
    }

    private static Request get(GatewayServer server, String path) {
        return new Request.Builder().url(server.baseUrl() + path).build();
    }

    private static HttpRequest jdkGet(GatewayServer server, String path) {
        return HttpRequest.newBuilder(URI.create(server.baseUrl() + path)).build();
    }

    private static String ask(OkHttpClient client, GatewayServer server, String path) throws IOException {
        try (Response response = client.newCall(get(server, path)).execute()) {
            return response.body().string();
        }
    }

    private HttpResponse<String> post(GatewayServer server, String path, String body) throws Exception {
        return jdk.send(
                HttpRequest.newBuilder(URI.create(server.baseUrl() + path))
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }
}
