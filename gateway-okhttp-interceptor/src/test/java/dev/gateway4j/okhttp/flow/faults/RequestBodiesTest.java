package dev.gateway4j.okhttp.flow.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.Mode;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.Isolation;
import dev.gateway4j.api.config.Upstream;
import dev.gateway4j.api.spi.StandIn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bodies of requests: long, deep, unknown, once only, and such that fail. */
@Timeout(300)
final class RequestBodiesTest {
    private static final int BOUND = 1024 * 1024;
    private static final String URL = "https://api.openai.com/v1/chat/completions";
    private static final String QUESTION = "{\"model\":\"gpt-4o-mini\",\"messages\":[]}";

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final Reports reports = new Reports();

    @Test
    void json_of_unknown_length_that_can_be_read_once_reaches_a_stand_in() throws Exception {
        OnceOnly body = new OnceOnly(QUESTION, Configs.JSON, -1);

        assertThat(send(simulated(), post(URL, body))).startsWith("200");

        assertThat(heard).containsExactly(QUESTION);
        assertThat(body.written.get()).isEqualTo(1);
    }

    @Test
    void json_of_unknown_length_that_can_be_read_once_reaches_an_upstream() throws Exception {
        OnceOnly body = new OnceOnly(QUESTION, Configs.JSON, -1);
        try (RawServer server = RawServer.closing(RawServer.json(200, Configs.ANSWER))) {
            OkHttpClient client =
                    Configs.gateway(Configs.passthrough(server), reports).wrap(new OkHttpClient());

            assertThat(send(client, post(server.url("/v1/chat/completions"), body)))
                    .startsWith("200");

            assertThat(server.requests()).hasSize(1);
            assertThat(server.requests().get(0).body()).isEqualTo(QUESTION);
            assertThat(server.requests().get(0).header("content-type")).startsWith("application/json");
            assertThat(body.written.get()).isEqualTo(1);
            assertThat(reports.only().modelAsked()).hasValue("gpt-4o-mini");
        }
    }

    @Test
    void a_multipart_upload_streams_through_without_being_collected() throws Exception {
        CountDownLatch firstPartSeen = new CountDownLatch(1);
        try (RawServer server = RawServer.start(exchange -> {
            for (String line = ""; !line.equals("first part"); line = RawServer.readLine(exchange.in())) {
                assertThat(line).doesNotContain("last part");
            }
            firstPartSeen.countDown();
            for (String line = ""; !line.equals("last part"); line = RawServer.readLine(exchange.in())) {
                assertThat(line).doesNotContain("never");
            }
            exchange.send(RawServer.json(200, Configs.ANSWER));
            return false;
        })) {
            OkHttpClient client =
                    Configs.gateway(Configs.passthrough(server), reports).wrap(new OkHttpClient());
            RequestBody upload = new MultipartBody.Builder("edge")
                    .setType(MultipartBody.FORM)
                    .addPart(new Waiting("first part\r\n", new CountDownLatch(0)))
                    .addPart(new Waiting("last part\r\n", firstPartSeen))
                    .build();

            assertThat(send(client, post(server.url("/v1/files"), upload))).startsWith("200");
        }
    }

    @Test
    void a_duplex_body_is_not_read_for_a_stand_in() throws Exception {
        AtomicInteger written = new AtomicInteger();
        RequestBody duplex = new RequestBody() {
            @Override
            public MediaType contentType() {
                return Configs.JSON;
            }

            @Override
            public boolean isDuplex() {
                return true;
            }

            @Override
            public void writeTo(BufferedSink sink) {
                written.incrementAndGet(); // would keep the sink and write to it later
            }
        };

        assertThat(send(simulated(), post(URL, duplex))).startsWith("200");

        assertThat(written).hasValue(0);
        assertThat(heard).containsExactly("");
    }

    @Test
    void a_body_of_exactly_the_bound_passes_whether_or_not_it_says_its_length() throws Exception {
        String exact = padded(BOUND);

        assertThat(send(simulated(), post(URL, new OnceOnly(exact, Configs.JSON, -1))))
                .startsWith("200");
        assertThat(send(simulated(), post(URL, RequestBody.create(exact, Configs.JSON))))
                .startsWith("200");

        assertThat(heard).containsExactly(exact, exact);
    }

    @Test
    void a_body_of_one_byte_more_is_refused() throws Exception {
        String over = padded(BOUND + 1);

        assertThat(send(simulated(), post(URL, RequestBody.create(over, Configs.JSON))))
                .isEqualTo(refusal(
                        413,
                        "The JSON request body has 1048577 bytes; at most 1048576 are allowed."
                                + " Send less, or raise gateway.max_body_bytes.",
                        "gateway_body_too_large"));
        assertThat(send(simulated(), post(URL, new OnceOnly(over, Configs.JSON, -1))))
                .isEqualTo(refusal(
                        413,
                        "The JSON request body has more than 1048576 bytes; at most 1048576 are allowed."
                                + " Send less, or raise gateway.max_body_bytes.",
                        "gateway_body_too_large"));
        assertThat(heard).isEmpty();
    }

    @Test
    void fifty_megabytes_are_refused_without_being_read() throws Exception {
        OnceOnly huge = new OnceOnly("", Configs.JSON, 50_000_000);
        try (RawServer server = RawServer.closing("")) {
            OkHttpClient client =
                    Configs.gateway(Configs.passthrough(server), reports).wrap(new OkHttpClient());

            assertThat(send(client, post(server.url("/v1/chat/completions"), huge)))
                    .isEqualTo(refusal(
                            413,
                            "The JSON request body has 50000000 bytes; at most 1048576 are allowed."
                                    + " Send less, or raise gateway.max_body_bytes.",
                            "gateway_body_too_large"));

            assertThat(huge.written.get()).isZero();
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void fifty_megabytes_that_do_not_say_so_are_refused_at_the_bound() throws Exception {
        AtomicInteger pieces = new AtomicInteger();
        byte[] piece = "x".repeat(50_000).getBytes(StandardCharsets.UTF_8);
        RequestBody endless = new RequestBody() {
            @Override
            public MediaType contentType() {
                return Configs.JSON;
            }

            @Override
            public void writeTo(BufferedSink sink) throws IOException {
                for (int i = 0; i < 1000; i++) {
                    sink.write(piece);
                    pieces.incrementAndGet();
                }
            }
        };

        assertThat(send(simulated(), post(URL, endless))).startsWith("413");

        assertThat(pieces.get()).isLessThan(30);
    }

    @Test
    void an_upload_that_is_too_long_for_a_stand_in_is_refused() throws Exception {
        RequestBody upload = RequestBody.create(new byte[BOUND + 1], MediaType.get("audio/wav"));

        assertThat(send(simulated(), post("https://api.openai.com/v1/audio/transcriptions", upload)))
                .isEqualTo(refusal(
                        413,
                        "The request body has more than 1048576 bytes and a stand-in answers in mode simulated."
                                + " Send less, or raise gateway.max_body_bytes.",
                        "gateway_body_too_large"));
    }

    @Test
    void a_body_nested_a_hundred_thousand_levels_deep_is_refused() throws Exception {
        String deep = "{\"model\":\"gpt-4o-mini\",\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

        assertThat(send(simulated(), post(URL, RequestBody.create(deep, Configs.JSON))))
                .isEqualTo(refusal(
                        400,
                        "The JSON request body is nested deeper than 64 levels."
                                + " Flatten it, or raise gateway.max_json_depth.",
                        "gateway_invalid_request"));
        assertThat(heard).isEmpty();
    }

    @Test
    void the_exception_of_a_body_that_fails_midway_reaches_the_caller_itself() throws Exception {
        IOException broken = new IOException("the disk went away");
        for (MediaType type : List.of(Configs.JSON, MediaType.get("audio/wav"))) {
            RequestBody failing = new RequestBody() {
                @Override
                public MediaType contentType() {
                    return type;
                }

                @Override
                public void writeTo(BufferedSink sink) throws IOException {
                    sink.writeUtf8("{\"model\":");
                    throw broken;
                }
            };
            try (RawServer server = RawServer.closing("")) {
                OkHttpClient passing =
                        Configs.gateway(Configs.passthrough(server)).wrap(new OkHttpClient());

                assertThatThrownBy(() -> send(simulated(), post(URL, failing))).isSameAs(broken);
                assertThatThrownBy(() -> send(passing, post(server.url("/v1/audio/transcriptions"), failing)))
                        .isSameAs(broken);
            }
        }
    }

    private OkHttpClient simulated() {
        GatewayConfig config = Configs.of(Mode.SIMULATED, Isolation.STRICT, Upstream.OPENAI);
        StandIn answering = Configs.answering(200, Configs.ANSWER);
        StandIn hearing = request -> {
            heard.add(new String(request.body(), StandardCharsets.UTF_8));
            return answering.answer(request);
        };
        return Configs.gateway(config, hearing, ManualTime.advancing(), reports).wrap(new OkHttpClient());
    }

    private static String refusal(int status, String message, String code) {
        return status + " {\"error\":{\"message\":\"" + message
                + "\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"" + code + "\"}}";
    }

    private static String padded(int length) {
        return QUESTION + " ".repeat(length - QUESTION.length());
    }

    private static Request post(String url, RequestBody body) {
        return new Request.Builder().url(url).post(body).build();
    }

    private static String send(OkHttpClient client, Request request) throws IOException {
        try (Response response = client.newCall(request).execute()) {
            return response.code() + " " + response.body().string();
        }
    }

    private static final class OnceOnly extends RequestBody {
        private final String text;
        private final MediaType type;
        private final long length;
        private final AtomicInteger written = new AtomicInteger();

        OnceOnly(String text, MediaType type, long length) {
            this.text = text;
            this.type = type;
            this.length = length;
        }

        @Override
        public MediaType contentType() {
            return type;
        }

        @Override
        public long contentLength() {
            return length;
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            assertThat(written.incrementAndGet()).isEqualTo(1);
            sink.writeUtf8(text);
        }
    }

    /** A part that is written only once the server has told that it saw the one before. */
    private static final class Waiting extends RequestBody {
        private final String text;
        private final CountDownLatch ready;

        Waiting(String text, CountDownLatch ready) {
            this.text = text;
            this.ready = ready;
        }

        @Override
        public @Nullable MediaType contentType() {
            return MediaType.get("text/plain");
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            sink.flush();
            try {
                ready.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
            sink.writeUtf8(text);
            sink.flush();
        }
    }
}
