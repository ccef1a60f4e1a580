package dev.gateway4j.okhttp.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.gateway4j.api.Refusal;
import dev.gateway4j.api.RefusalReason;
import dev.gateway4j.api.Source;
import dev.gateway4j.api.call.CallReport;
import dev.gateway4j.api.call.Cost;
import dev.gateway4j.api.call.Ending;
import dev.gateway4j.api.config.Isolation;
import dev.gateway4j.okhttp.Gateway;
import dev.gateway4j.okhttp.internal.body.ObservedBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import okio.BufferedSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

@Timeout(300)
class RecordTest {
    private static final String FIRST =
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Pa\"},\"finish_reason\":null}]}\n\n";
    private static final String LAST =
            "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

    private final RecordingListener listener = new RecordingListener();
    private final List<LoopbackUpstream> servers = new ArrayList<>();

    @AfterEach
    void stop() {
        servers.forEach(LoopbackUpstream::close);
    }

    @Test
    void a_plain_answer_is_handed_over_exactly_and_ended_before_the_report() throws IOException {
        LoopbackUpstream upstream = json();
        TapeDeck deck = TapeDeck.working();
        List<List<String>> endingsAtReport = new ArrayList<>();
        Gateway gateway = Gateway.builder()
                .config(recording(upstream).build())
                .recorder(deck)
                .listener(report -> endingsAtReport.add(List.copyOf(deck.only().endings)))
                .listener(listener)
                .build();

        String answer = read(gateway.wrap(new OkHttpClient()).newCall(Chat.plain()));

        TapeDeck.Take take = deck.only();
        assertThat(take.question()).isEqualTo(Chat.PLAIN);
        assertThat(take.request.headers().first("Authorization")).isEmpty();
        assertThat(take.request.headers().first("Content-Type")).contains("application/json; charset=utf-8");
        assertThat(take.status).isEqualTo(200);
        assertThat(take.headers.first("Content-Type")).contains("application/json");
        assertThat(take.body()).isEqualTo(answer).isEqualTo(LoopbackUpstream.CHAT);
        assertThat(take.endings).containsExactly("completed delivered");
        assertThat(endingsAtReport).containsExactly(List.of("completed delivered"));
        assertThat(listener.only().cost()).isNotEqualTo(Cost.NOTHING);
    }

    @Test
    void a_stream_reaches_the_application_while_it_is_recorded() throws IOException {
        CountDownLatch firstSeen = new CountDownLatch(1);
        LoopbackUpstream upstream = streaming(out -> {
            out.write(FIRST.getBytes(StandardCharsets.UTF_8));
            out.flush();
            await(firstSeen);
            out.write(LAST.getBytes(StandardCharsets.UTF_8));
        });
        TapeDeck deck = TapeDeck.working();

        String rest;
        try (Response response =
                client(recording(upstream), deck).newCall(Chat.streamed()).execute()) {
            BufferedSource source = response.body().source();
            assertThat(source.readUtf8(FIRST.length())).isEqualTo(FIRST);
            assertThat(deck.only().body()).isEqualTo(FIRST);
            firstSeen.countDown(); // only now does the server send the rest
            rest = source.readUtf8();
        }

        assertThat(rest).isEqualTo(LAST);
        assertThat(deck.only().body()).isEqualTo(FIRST + LAST);
        assertThat(deck.only().endings).containsExactly("completed delivered");
    }

    @Test
    void gzip_is_recorded_as_it_is_delivered() throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(LoopbackUpstream.CHAT.getBytes(StandardCharsets.UTF_8));
        }
        LoopbackUpstream upstream = started(LoopbackUpstream.answering(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, zipped.size());
            exchange.getResponseBody().write(zipped.toByteArray());
        }));
        TapeDeck unpacked = TapeDeck.working();
        TapeDeck packed = TapeDeck.working();

        read(client(recording(upstream), unpacked).newCall(Chat.plain()));
        read(client(recording(upstream), packed)
                .newCall(Chat.plain()
                        .newBuilder()
                        .header("Accept-Encoding", "gzip")
                        .build()));

        assertThat(unpacked.only().body()).isEqualTo(LoopbackUpstream.CHAT);
        assertThat(unpacked.only().headers.first("Content-Encoding")).isEmpty();
        assertThat(packed.only().body()).isEqualTo(zipped.toString(StandardCharsets.ISO_8859_1));
        assertThat(packed.only().headers.first("Content-Encoding")).contains("gzip");
        assertThat(packed.only().endings).containsExactly("completed delivered");
    }

    @Test
    void what_ends_early_is_marked_as_it_ended() throws IOException {
        LoopbackUpstream upstream = streaming(out -> {
            out.write(FIRST.getBytes(StandardCharsets.UTF_8));
            out.flush();
            await(new CountDownLatch(1));
        });
        LoopbackUpstream cut = streaming(out -> out.write(FIRST.getBytes(StandardCharsets.UTF_8)));
        TapeDeck abandoned = TapeDeck.working();
        TapeDeck cancelled = TapeDeck.working();
        TapeDeck truncated = TapeDeck.working();

        try (Response response =
                client(recording(upstream), abandoned).newCall(Chat.streamed()).execute()) {
            response.body().source().readUtf8(FIRST.length());
        }
        Call call = client(recording(upstream), cancelled).newCall(Chat.streamed());
        try (Response response = call.execute()) {
            response.body().source().readUtf8(FIRST.length());
            call.cancel();
            assertThatThrownBy(response.body()::string).isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> read(client(recording(cut), truncated).newCall(Chat.streamed())))
                .isInstanceOf(IOException.class);

        assertThat(abandoned.only().endings).containsExactly("abandoned delivered");
        assertThat(cancelled.only().endings).containsExactly("cancelled delivered");
        assertThat(truncated.only().endings).containsExactly("truncated delivered");
        assertThat(truncated.only().body()).isEqualTo(FIRST);
    }

    @Test
    void an_error_is_recorded_like_any_answer_and_a_failed_connection_as_failed() throws IOException {
        LoopbackUpstream upstream = started(LoopbackUpstream.answering(
                exchange -> LoopbackUpstream.send(exchange, 429, "application/json", "{\"error\":{}}")));
        LoopbackUpstream gone = json();
        gone.close();
        TapeDeck error = TapeDeck.working();
        TapeDeck failed = TapeDeck.working();

        read(client(recording(upstream), error).newCall(Chat.plain()));
        assertThatThrownBy(() -> read(client(recording(gone), failed).newCall(Chat.plain())))
                .isInstanceOf(IOException.class);

        assertThat(error.only().status).isEqualTo(429);
        assertThat(error.only().endings).containsExactly("completed delivered");
        assertThat(failed.only().endings).containsExactly("failed not delivered");
    }

    @Test
    void what_cannot_be_recorded_is_refused_before_anything_leaves() throws IOException {
        LoopbackUpstream upstream = json();
        TapeDeck deck = TapeDeck.objecting(Refusal.of(RefusalReason.INVALID_REQUEST, "Name a cassette."));

        try (Response response =
                client(recording(upstream), deck).newCall(Chat.plain()).execute()) {
            assertThat(response.code()).isEqualTo(400);
            assertThat(response.body().string()).contains("Name a cassette.");
        }

        assertThat(upstream.received()).isEmpty();
        assertThat(deck.takes).isEmpty();
        assertThat(listener.only().ending()).isEqualTo(Ending.REFUSED);
        assertThat(listener.only().source()).isEqualTo(Source.GATEWAY);
        assertThat(listener.only().cost()).isEqualTo(Cost.NOTHING);
    }

    @Test
    void a_body_that_would_stream_through_is_read_whole_up_to_the_bound() throws IOException {
        LoopbackUpstream upstream = json();
        TapeDeck deck = TapeDeck.working();
        OkHttpClient client = client(recording(upstream).maxBodyBytes(20), deck);

        read(client.newCall(audio("twenty bytes exactly", false)));
        try (Response over =
                client.newCall(audio("twenty-one bytes are.", false)).execute()) {
            assertThat(over.code()).isEqualTo(413);
            assertThat(over.body().string()).contains("20 bytes and is read whole in mode record");
        }
        try (Response duplex = client.newCall(audio("duplex", true)).execute()) {
            assertThat(duplex.code()).isEqualTo(400);
            assertThat(duplex.body().string()).contains("duplex");
        }

        assertThat(deck.only().question()).isEqualTo("twenty bytes exactly");
        assertThat(upstream.only().body()).isEqualTo("twenty bytes exactly");
        assertThat(upstream.only().header("Content-Type")).contains("audio/wav");
        assertThat(upstream.only().header("Transfer-Encoding")).contains("chunked");
    }

    @Test
    void an_upgrade_to_a_web_socket_is_no_exchange_and_is_not_recorded() throws IOException {
        LoopbackUpstream upstream = json();
        TapeDeck deck = TapeDeck.working();
        Request upgrade = new Request.Builder()
                .url("https://api.openai.com/v1/realtime")
                .header("Upgrade", "websocket")
                .build();

        read(client(recording(upstream), deck).newCall(upgrade));

        assertThat(upstream.received()).hasSize(1);
        assertThat(deck.takes).isEmpty();
    }

    @Test
    void a_foreign_call_goes_out_to_the_byte_as_it_came_and_is_seen_without_its_credentials() throws IOException {
        LoopbackUpstream foreign = json();
        TapeDeck deck = TapeDeck.working();
        Request signed = signed(foreign, "X-Gateway-User", "anna");
        OkHttpClient client =
                client(recording(json()).isolation(Isolation.RELAXED).model("claude-x", "other"), deck);

        String answer = read(client.newCall(signed));
        read(new OkHttpClient()
                .newCall(signed.newBuilder().removeHeader("X-Gateway-User").build()));

        assertThat(answer).isEqualTo(LoopbackUpstream.CHAT);
        assertThat(foreign.received()).hasSize(2);
        assertThat(foreign.received().get(0)).isEqualTo(foreign.received().get(1));
        TapeDeck.Take take = deck.only();
        assertThat(take.request.headers().first("Authorization")).isEmpty();
        assertThat(take.request.headers().first("X-Amz-Security-Token")).isEmpty();
        assertThat(take.request.headers().first("X-Amz-Date")).contains("20260101T000000Z");
        assertThat(take.request.query()).isEqualTo("b=1&a=%2F&X-Amz-Signature=scrubbed");
        assertThat(take.question()).isEqualTo("{\"model\": \"claude-x\"}");
        assertThat(take.endings).containsExactly("completed delivered");
        CallReport report = listener.only();
        assertThat(report.tags().user()).contains("anna");
        assertThat(report.source()).isEqualTo(Source.UPSTREAM);
        assertThat(report.usage()).isEmpty();
        assertThat(report.cost()).isEqualTo(Cost.NOTHING);
        assertThat(report.attempts().get(0).key()).isEmpty();
    }

    @Test
    void under_strict_isolation_it_is_refused_before_it_leaves() throws IOException {
        LoopbackUpstream foreign = json();
        TapeDeck deck = TapeDeck.working();

        try (Response response = client(recording(json()), deck)
                .newCall(signed(foreign, "X-Cassette-Name", "bedrock"))
                .execute()) {
            assertThat(response.code()).isEqualTo(403);
            assertThat(response.body().string()).contains("gateway_isolation", "isolation_level: relaxed");
        }

        assertThat(foreign.received()).isEmpty();
        assertThat(deck.takes).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"chunk", "end"})
    void what_could_not_be_saved_is_heard_in_place_of_the_end(String where) throws IOException {
        TapeDeck deck = TapeDeck.fullAt(where);

        try (Response response =
                client(recording(json()), deck).newCall(Chat.plain()).execute()) {
            BufferedSource source = response.body().source();
            assertThat(source.readUtf8(LoopbackUpstream.CHAT.length())).isEqualTo(LoopbackUpstream.CHAT);
            for (int again = 0; again < 2; again++) {
                assertThatThrownBy(source::exhausted)
                        .isInstanceOf(IOException.class)
                        .hasMessage("No space left on device at " + where);
            }
        }

        assertThat(deck.only().endings).hasSize(1);
        assertThat(listener.only().ending()).isEqualTo(Ending.FAILED);
        assertThat(listener.only().failure()).contains("IOException: No space left on device at " + where);
        assertThat(listener.only().usage()).as("accounting goes on").isPresent();
        assertThat(listener.only().cost()).isNotEqualTo(Cost.NOTHING);
    }

    @Test
    void what_could_not_be_saved_when_nobody_reads_on_is_logged_and_in_the_report() throws IOException {
        Logger logger = (Logger) LoggerFactory.getLogger(ObservedBody.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);

        try (Response response = client(recording(json()), TapeDeck.fullAt("end"))
                .newCall(Chat.plain())
                .execute()) {
            response.body().source().readUtf8(5);
        } finally {
            logger.detachAppender(log);
        }

        assertThat(log.list).singleElement().satisfies(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.ERROR);
            assertThat(event.getThrowableProxy().getMessage()).isEqualTo("No space left on device at end");
        });
        assertThat(listener.only().ending()).isEqualTo(Ending.FAILED);
        assertThat(listener.only().failure()).contains("IOException: No space left on device at end");
    }

    @ParameterizedTest
    @ValueSource(strings = {"objection", "open", "head"})
    void a_recorder_that_fails_before_the_body_fails_the_call(String where) {
        TapeDeck deck = TapeDeck.fullAt(where);
        LoopbackUpstream upstream = json();

        assertThatThrownBy(() -> read(client(recording(upstream), deck).newCall(Chat.plain())))
                .isInstanceOf(IOException.class)
                .hasMessage("No space left on device at " + where);

        assertThat(upstream.received()).hasSize(where.equals("head") ? 1 : 0);
        assertThat(deck.takes).allSatisfy(take -> assertThat(take.endings).containsExactly("failed not delivered"));
        assertThat(listener.only().ending()).isEqualTo(Ending.FAILED);
    }

    @Test
    void a_broken_answer_stays_the_failure_and_carries_what_could_not_be_saved() {
        LoopbackUpstream cut = streaming(out -> out.write(FIRST.getBytes(StandardCharsets.UTF_8)));

        assertThatThrownBy(() ->
                        read(client(recording(cut), TapeDeck.fullAt("end")).newCall(Chat.streamed())))
                .isInstanceOf(dev.gateway4j.api.call.TruncatedAnswerException.class)
                .satisfies(thrown -> assertThat(thrown.getSuppressed())
                        .singleElement()
                        .satisfies(unsaved -> assertThat(unsaved).hasMessage("No space left on device at end")));

        assertThat(listener.only().ending()).isEqualTo(Ending.TRUNCATED);
    }

    private static Request signed(LoopbackUpstream foreign, String name, String value) {
        String origin = foreign.baseUrl().replace("/v1", "");
        return new Request.Builder()
                .url(origin + "/model/claude%3A1/invoke?b=1&a=%2F&X-Amz-Signature=0000")
                .header("Authorization", "AWS4-HMAC-SHA256 Credential=test, Signature=0000")
                .header("X-Amz-Date", "20260101T000000Z")
                .header("X-Amz-Security-Token", "test-session-token")
                .header("OpenAI-Organization", "org-test")
                .header(name, value)
                .post(RequestBody.create("{\"model\": \"claude-x\"}", MediaType.get("application/json")))
                .build();
    }

    /** A body of unknown length. */
    private static Request audio(String text, boolean duplex) {
        RequestBody body = new RequestBody() {
            @Override
            public MediaType contentType() {
                return MediaType.get("audio/wav");
            }

            @Override
            public boolean isDuplex() {
                return duplex;
            }

            @Override
            public void writeTo(BufferedSink sink) throws IOException {
                sink.writeUtf8(text);
            }
        };
        return new Request.Builder()
                .url("https://api.openai.com/v1/audio/transcriptions")
                .post(body)
                .build();
    }

    private static Settings recording(LoopbackUpstream upstream) {
        return Settings.recording(upstream.baseUrl());
    }

    private OkHttpClient client(Settings settings, TapeDeck deck) {
        return Gateway.builder()
                .config(settings.build())
                .recorder(deck)
                .listener(listener)
                .build()
                .wrap(new OkHttpClient());
    }

    private static String read(Call call) throws IOException {
        try (Response response = call.execute()) {
            return response.body().string();
        }
    }

    private LoopbackUpstream json() {
        return started(LoopbackUpstream.json(LoopbackUpstream.CHAT));
    }

    private LoopbackUpstream streaming(Writing writing) {
        return started(LoopbackUpstream.answering(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            writing.to(exchange.getResponseBody());
        }));
    }

    private LoopbackUpstream started(LoopbackUpstream server) {
        servers.add(server);
        return server;
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IOException("nobody came");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @FunctionalInterface
    private interface Writing {
        void to(OutputStream out) throws IOException;
    }
}
