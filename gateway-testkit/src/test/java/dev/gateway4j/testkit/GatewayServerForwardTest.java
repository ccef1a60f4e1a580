package dev.gateway4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.spi.FaultKind;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.api.spi.WireReply;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Okio;
import okio.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server whose answers come from elsewhere. */
@Timeout(300)
class GatewayServerForwardTest {
    private final ManualTime time = ManualTime.standing();
    private final OkHttpClient client = new OkHttpClient();

    @AfterEach
    void stop() {
        client.connectionPool().evictAll();
        client.dispatcher().executorService().shutdown();
    }

    @Test
    void a_piece_arrives_before_the_next_one_is_sent() throws Exception {
        try (GatewayServer upstream = upstream(
                        new Frame.Chunk(0, bytes("one")),
                        new Frame.Chunk(Duration.ofSeconds(1).toNanos(), bytes("two")),
                        new Frame.End(Duration.ofSeconds(1).toNanos(), WireHeaders.empty()));
                GatewayServer server = forwardingTo(upstream)) {

            HttpResponse<InputStream> response = get(server, BodyHandlers.ofInputStream());

            assertThat(new String(response.body().readNBytes(3), StandardCharsets.UTF_8))
                    .isEqualTo("one");
            time.advance(Duration.ofSeconds(1));
            assertThat(new String(response.body().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("two");
            assertThat(response.statusCode()).isEqualTo(201);
            assertThat(response.headers().firstValue("x-kept")).contains("yes");
            assertThat(server.requests()).singleElement().satisfies(request -> assertThat(request.status())
                    .hasValue(201));
        }
    }

    @Test
    void an_answer_that_breaks_off_does_not_look_whole() throws Exception {
        try (GatewayServer upstream = upstream(new Frame.Chunk(0, bytes("one")), new Frame.Fault(0, FaultKind.CUT));
                GatewayServer server = forwardingTo(upstream)) {

            assertThatThrownBy(() -> get(server, BodyHandlers.ofString())).isInstanceOf(IOException.class);
        }
    }

    @Test
    void an_answer_of_a_known_length_is_not_whole_before_its_end_was_seen() throws Exception {
        OkHttpClient unsaved = client.newBuilder()
                .addInterceptor(chain -> new okhttp3.Response.Builder()
                        .request(chain.request())
                        .protocol(Protocol.HTTP_1_1)
                        .code(200)
                        .message("")
                        .body(ResponseBody.create(Okio.buffer(endingInFailure("one")), null, 3))
                        .build())
                .build();

        try (GatewayServer server = GatewayServer.builder(new CannedStandIn())
                .forward((request, answer) -> Optional.of(unsaved.newCall(
                        new Request.Builder().url("http://127.0.0.1:1/").build())))
                .start()) {

            assertThatThrownBy(() -> get(server, BodyHandlers.ofString())).isInstanceOf(IOException.class);
        }
    }

    private static Source endingInFailure(String text) {
        return new ForwardingSource(new Buffer().writeUtf8(text)) {
            @Override
            public long read(Buffer sink, long byteCount) throws IOException {
                long read = super.read(sink, byteCount);
                if (read < 0) {
                    throw new IOException("not saved");
                }
                return read;
            }
        };
    }

    @Test
    void a_call_without_an_answer_is_told() throws Exception {
        GatewayServer gone = upstream(new Frame.End(0, WireHeaders.empty()));
        gone.close();

        try (GatewayServer server = forwardingTo(gone)) {
            HttpResponse<String> response = get(server, BodyHandlers.ofString());

            assertThat(response.statusCode()).isEqualTo(502);
            assertThat(response.body()).contains("gateway_upstreams_exhausted", "127.0.0.1");
        }
    }

    @Test
    void closing_the_server_ends_a_call_that_waits() throws Exception {
        try (GatewayServer upstream = upstream(
                new Frame.Chunk(0, bytes("one")),
                new Frame.End(Duration.ofDays(1).toNanos(), WireHeaders.empty()))) {
            GatewayServer server = forwardingTo(upstream);
            HttpResponse<InputStream> response = get(server, BodyHandlers.ofInputStream());
            assertThat(response.body().readNBytes(3)).isEqualTo(bytes("one"));

            server.close();

            assertThatThrownBy(() -> response.body().readAllBytes()).isInstanceOf(IOException.class);
        }
    }

    private GatewayServer upstream(Frame... frames) throws IOException {
        WireHeaders headers = WireHeaders.of("content-type", "text/plain", "x-kept", "yes");
        return GatewayServer.start(request -> new WireReply(201, headers, 0, Frames.of(List.of(frames))), time);
    }

    /** Its own stand-in would say something else. */
    private GatewayServer forwardingTo(GatewayServer upstream) throws IOException {
        return GatewayServer.builder(new CannedStandIn())
                .time(TimeSource.system())
                .forward((request, answer) -> Optional.of(client.newCall(new Request.Builder()
                        .url(upstream.baseUrl() + "/elsewhere")
                        .build())))
                .start();
    }

    private static <T> HttpResponse<T> get(GatewayServer server, HttpResponse.BodyHandler<T> handler) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(server.baseUrl() + "/models"))
                                .build(),
                        handler);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
