package dev.gateway4j.okhttp.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.call.AttemptReport;
import dev.gateway4j.api.call.Cost;
import dev.gateway4j.api.call.Ending;
import dev.gateway4j.api.config.ResponseType;
import dev.gateway4j.api.config.Upstream;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.api.spi.StandIn;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.okhttp.Gateway;
import dev.gateway4j.okhttp.GatewayBuilder;
import dev.gateway4j.okhttp.flow.faults.RawServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.BufferedSink;
import okio.ByteString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A key that fails does not fail the call. */
@Timeout(60)
class KeyRotationTest {
    private static final String BLUE = "sk-test-rotation-blue-0000";
    private static final String GREEN = "sk-test-rotation-green-0000";
    private static final String WRONG_KEY =
            "{\"error\":{\"message\":\"Incorrect API key provided.\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"invalid_api_key\"}}";
    private static final String TOKENS =
            "{\"error\":{\"message\":\"Rate limit reached\",\"type\":\"tokens\",\"param\":null,\"code\":\"rate_limit_exceeded\"}}";

    /** What each key is answered; 200 unless told otherwise. */
    private final Map<String, Integer> answers = new ConcurrentHashMap<>();

    private final LoopbackUpstream upstream = LoopbackUpstream.answering(this::answer);
    private final RecordingListener listener = new RecordingListener();
    private final ManualTime time = ManualTime.standing();

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void after_a_401_the_next_key_answers_and_the_report_shows_both() throws IOException {
        answers.put(BLUE, 401);
        Gateway gateway = pinnedFirst().build();

        try (Response response =
                gateway.wrap(new OkHttpClient()).newCall(Chat.plain()).execute()) {
            assertThat(response.code()).isEqualTo(200);
            assertThat(response.header("x-gateway-key")).isEqualTo("green");
            assertThat(response.header("x-gateway-attempts")).isEqualTo("2");
            assertThat(response.body().string()).isEqualTo(LoopbackUpstream.CHAT);
        }

        List<AttemptReport> attempts = listener.only().attempts();
        assertThat(attempts).extracting(report -> report.key().orElse("")).containsExactly("blue", "green");
        assertThat(attempts).extracting(report -> report.status().orElse(0)).containsExactly(401, 200);
        assertThat(attempts.get(0).ending()).isEqualTo(Ending.ABANDONED);
        assertThat(attempts.get(0).cost()).isEqualTo(Cost.NOTHING);
        assertThat(attempts.get(1).usage()).isPresent();
        assertThat(gateway.keys()).extracting(status -> status.state().id()).containsExactly("quarantined", "live");
    }

    @Test
    void where_all_are_refused_the_last_answer_is_given_unchanged_and_the_next_call_is_told_why() throws IOException {
        answers.put(BLUE, 401);
        answers.put(GREEN, 401);
        OkHttpClient client = client();

        try (Response response = client.newCall(Chat.plain()).execute()) {
            assertThat(response.code()).isEqualTo(401);
            assertThat(response.header("x-gateway-refusal")).isNull();
            assertThat(response.body().string()).isEqualTo(WRONG_KEY);
        }
        try (Response response = client.newCall(Chat.plain()).execute()) {
            assertThat(response.code()).isEqualTo(401);
            assertThat(response.header("x-gateway-refusal")).isEqualTo("no_key");
            assertThat(response.header("retry-after")).isEqualTo("30");
            assertThat(response.body().string())
                    .contains("\\\"blue\\\" was refused (status 401 invalid_api_key)", "tried again in 30 s")
                    .doesNotContain("sk-test");
        }

        assertThat(upstream.received()).hasSize(2);
    }

    @Test
    void a_key_that_is_good_again_is_used_again_without_a_restart() throws IOException {
        answers.put(BLUE, 401);
        OkHttpClient client = Gateway.builder()
                .config(Settings.passthrough(upstream.baseUrl())
                        .noKeys()
                        .key("blue", BLUE)
                        .build())
                .time(time)
                .build()
                .wrap(new OkHttpClient());
        assertThat(status(client, Chat.plain())).isEqualTo(401);

        answers.remove(BLUE);
        time.advance(Duration.ofSeconds(30));

        assertThat(status(client, Chat.plain())).isEqualTo(200);
    }

    @Test
    void tokens_used_up_for_one_model_leave_the_key_to_the_others() throws IOException {
        answers.put(BLUE, 429);
        OkHttpClient client = client();

        assertThat(usedKey(client, Chat.plain())).isEqualTo("green");
        answers.remove(BLUE);

        Request other = Chat.post(Chat.URL, Chat.PLAIN.replace("gpt-4o-mini", "gpt-4o"));
        assertThat(usedKey(client, other)).isEqualTo("blue");
        assertThat(usedKey(client, Chat.plain())).isEqualTo("green");
        time.advance(Duration.ofSeconds(7));
        assertThat(usedKey(client, Chat.plain())).isEqualTo("blue");
    }

    @Test
    void errors_of_the_server_never_blame_a_key() throws IOException {
        answers.put(BLUE, 500);
        OkHttpClient client = client();

        assertThat(status(client, Chat.plain())).isEqualTo(500);
        answers.remove(BLUE);

        assertThat(usedKey(client, Chat.plain())).isEqualTo("blue");
    }

    @Test
    void a_body_that_streams_through_is_sent_once() throws IOException {
        answers.put(BLUE, 401);
        RequestBody once = new RequestBody() {
            @Override
            public MediaType contentType() {
                return MediaType.get("audio/wav");
            }

            @Override
            public void writeTo(BufferedSink sink) throws IOException {
                sink.writeUtf8("RIFF");
            }
        };
        Request audio = new Request.Builder()
                .url("https://api.openai.com/v1/audio/transcriptions")
                .post(once)
                .build();

        assertThat(status(client(), audio)).isEqualTo(401);
        assertThat(upstream.received()).hasSize(1);
    }

    @Test
    void a_question_without_a_body_goes_on() throws IOException {
        answers.put(BLUE, 401);

        assertThat(usedKey(
                        client(),
                        new Request.Builder()
                                .url("https://api.openai.com/v1/models")
                                .build()))
                .isEqualTo("green");
    }

    @Test
    void a_pinned_key_is_not_replaced() throws IOException {
        answers.put(BLUE, 401);
        Request pinned =
                Chat.plain().newBuilder().header("X-Gateway-Key", "blue").build();

        assertThat(status(client(), pinned)).isEqualTo(401);

        assertThat(upstream.only().header("X-Gateway-Key")).isEmpty();
        assertThat(upstream.only().header("Authorization")).contains("Bearer " + BLUE);
    }

    @Test
    void discarded_answers_are_closed_and_their_connections_used_again() throws IOException {
        answers.put(BLUE, 429);
        OkHttpClient client = client();

        for (int i = 0; i < 20; i++) {
            assertThat(status(client, Chat.plain())).isEqualTo(200);
            time.advance(Duration.ofSeconds(7));
        }

        assertThat(upstream.received().size()).isGreaterThanOrEqualTo(40);
        assertThat(client.connectionPool().connectionCount())
                .isEqualTo(client.connectionPool().idleConnectionCount())
                .isEqualTo(1);
    }

    @Test
    void only_the_delivered_attempt_is_recorded_as_delivered() throws IOException {
        answers.put(BLUE, 401);
        TapeDeck deck = TapeDeck.working();
        OkHttpClient client = Gateway.builder()
                .config(keys(Settings.recording(upstream.baseUrl())).build())
                .random(new FirstOfAll())
                .recorder(deck)
                .build()
                .wrap(new OkHttpClient());

        assertThat(status(client, Chat.plain())).isEqualTo(200);

        assertThat(deck.takes).hasSize(2);
        assertThat(deck.takes.get(0).endings).singleElement().asString().endsWith("not delivered");
        assertThat(deck.takes.get(1).endings).containsExactly("completed delivered");
    }

    /** Refuses the first key, and shakes hands with the second as RFC 6455 says. */
    private static boolean openAtTheSecond(RawServer.Exchange exchange) throws IOException {
        if (exchange.number() == 0) {
            exchange.send(RawServer.json(401, WRONG_KEY));
            return true;
        }
        String accept = ByteString.encodeUtf8(
                        exchange.headers().get("sec-websocket-key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                .sha1()
                .base64();
        exchange.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + accept + "\r\n\r\n");
        while (exchange.in().read() >= 0) {
            // until the application is gone
        }
        return false;
    }

    @Test
    void a_refused_web_socket_is_tried_with_the_next_key() throws Exception {
        try (RawServer server = RawServer.start(KeyRotationTest::openAtTheSecond)) {
            String base = server.url("/v1");
            OkHttpClient client = Gateway.builder()
                    .config(keys(Settings.passthrough(base)).build())
                    .random(new FirstOfAll())
                    .listener(listener)
                    .build()
                    .wrap(new OkHttpClient());
            AtomicReference<String> outcome = new AtomicReference<>("nothing");
            CountDownLatch done = new CountDownLatch(1);

            WebSocket socket = client.newWebSocket(
                    new Request.Builder()
                            .url(base + "/realtime?model=gpt-realtime")
                            .build(),
                    new WebSocketListener() {
                        @Override
                        public void onOpen(WebSocket webSocket, Response response) {
                            outcome.set("open " + response.header("x-gateway-key"));
                            done.countDown();
                        }

                        @Override
                        public void onFailure(WebSocket webSocket, Throwable t, @Nullable Response response) {
                            outcome.set("failed " + t);
                            done.countDown();
                        }
                    });

            assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(outcome).hasValue("open green");
            assertThat(server.requests())
                    .extracting(request -> request.header("authorization"))
                    .containsExactly("Bearer " + BLUE, "Bearer " + GREEN);
            socket.cancel();
        }
    }

    @Test
    void azure_takes_an_entra_token_as_bearer() throws IOException {
        Upstream azure = new Upstream(
                "azure",
                Upstream.Kind.AZURE,
                URI.create(upstream.baseUrl().replace("/v1", "")),
                Optional.of("2024-10-21"),
                Map.of(),
                Upstream.Auth.BEARER);
        Settings settings = Settings.passthrough(upstream.baseUrl()).noKeys().upstream(azure);
        OkHttpClient client = Gateway.builder()
                .config(settings.key("entra", GREEN, "azure", 1).build())
                .build()
                .wrap(new OkHttpClient());

        assertThat(status(client, Chat.plain())).isEqualTo(200);

        assertThat(upstream.only().header("Authorization")).contains("Bearer " + GREEN);
        assertThat(upstream.only().header("api-key")).isEmpty();
    }

    @Test
    void a_simulated_refusal_rotates_and_a_recorded_one_is_delivered_as_it_is() throws IOException {
        StandIn refusingFirst = request -> new WireReply(
                request.attempt() == 1 ? 401 : 200,
                WireHeaders.of("content-type", "application/json"),
                request.arrivedNanos(),
                Frames.of(
                        (request.attempt() == 1 ? WRONG_KEY : LoopbackUpstream.CHAT).getBytes(StandardCharsets.UTF_8),
                        request.arrivedNanos()));

        assertThat(status(standingIn(Settings.simulated(), refusingFirst), Chat.plain()))
                .isEqualTo(200);
        assertThat(status(standingIn(Settings.replaying(upstream.baseUrl()), refusingFirst), Chat.plain()))
                .isEqualTo(401);

        assertThat(listener.reports())
                .extracting(report -> report.attempts().size())
                .containsExactly(2, 1);
    }

    @Test
    void what_a_stand_in_says_of_a_key_that_other_calls_really_use_is_not_believed() throws IOException {
        StandIn refusing = request -> reply(request.arrivedNanos(), request.attempt() == 1 ? 401 : 200, () -> {});
        Gateway gateway = Gateway.builder()
                .config(keys(Settings.hybrid(upstream.baseUrl())
                                .response("/v1/chat/completions", ResponseType.GENERATED))
                        .build())
                .standIn(refusing)
                .time(time)
                .listener(listener)
                .build();

        assertThat(status(gateway.wrap(new OkHttpClient()), Chat.plain())).isEqualTo(200);

        assertThat(listener.only().attempts()).hasSize(2);
        assertThat(gateway.keys()).extracting(status -> status.state().id()).containsExactly("live", "live");
    }

    @Test
    void a_key_taken_for_the_next_attempt_is_given_back_if_the_last_answer_cannot_be_closed() throws IOException {
        AtomicReference<StandIn> standIn = new AtomicReference<>();
        OkHttpClient client = Gateway.builder()
                .config(keys(Settings.simulated()).build())
                .standIn(request -> Objects.requireNonNull(standIn.get()).answer(request))
                .random(new FirstOfAll())
                .time(time)
                .build()
                .wrap(new OkHttpClient());
        standIn.set(request -> reply(request.arrivedNanos(), 401, () -> {}));
        assertThat(status(client, Chat.plain())).isEqualTo(401);
        time.advance(Duration.ofSeconds(30));

        standIn.set(request -> reply(request.arrivedNanos(), 401, () -> {
            throw new IllegalStateException("cannot be closed");
        }));
        assertThatThrownBy(() -> status(client, Chat.plain())).hasMessageContaining("IllegalStateException");
        standIn.set(request -> reply(request.arrivedNanos(), 200, () -> {}));

        assertThat(usedKey(client, Chat.plain())).isEqualTo("green");
    }

    private static WireReply reply(long now, int status, Runnable closing) {
        byte[] body = (status == 401 ? WRONG_KEY : LoopbackUpstream.CHAT).getBytes(StandardCharsets.UTF_8);
        Frames frames = Frames.of(body, now);
        // Text is not looked into, so that nobody reads the body to its end before it is closed.
        String type = status == 401 ? "text/plain" : "application/json";
        return new WireReply(status, WireHeaders.of("content-type", type), now, new Frames() {
            @Override
            public Frame next() {
                return frames.next();
            }

            @Override
            public void close() {
                frames.close();
                closing.run();
            }
        });
    }

    private OkHttpClient standingIn(Settings settings, StandIn standIn) {
        return Gateway.builder()
                .config(keys(settings).build())
                .standIn(standIn)
                .time(time)
                .listener(listener)
                .build()
                .wrap(new OkHttpClient());
    }

    private OkHttpClient client() {
        return pinnedFirst().build().wrap(new OkHttpClient());
    }

    /** Draws the first of the keys that are well. */
    private GatewayBuilder pinnedFirst() {
        return Gateway.builder()
                .config(keys(Settings.passthrough(upstream.baseUrl())).build())
                .random(new FirstOfAll())
                .time(time)
                .listener(listener);
    }

    private static Settings keys(Settings settings) {
        return settings.noKeys().key("blue", BLUE).key("green", GREEN);
    }

    private static int status(OkHttpClient client, Request request) throws IOException {
        try (Response response = client.newCall(request).execute()) {
            response.body().string();
            return response.code();
        }
    }

    private static String usedKey(OkHttpClient client, Request request) throws IOException {
        try (Response response = client.newCall(request).execute()) {
            assertThat(response.code()).isEqualTo(200);
            response.body().string();
            return String.valueOf(response.header("x-gateway-key"));
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String sent = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        int status = answers.getOrDefault(sent.replace("Bearer ", ""), 200);
        switch (status) {
            case 200 -> LoopbackUpstream.send(exchange, 200, "application/json", LoopbackUpstream.CHAT);
            case 429 -> {
                exchange.getResponseHeaders().set("retry-after-ms", "6500");
                LoopbackUpstream.send(exchange, 429, "application/json", TOKENS);
            }
            default -> LoopbackUpstream.send(exchange, status, "application/json", WRONG_KEY);
        }
    }
}
