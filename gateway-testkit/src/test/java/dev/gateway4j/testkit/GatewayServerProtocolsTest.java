package dev.gateway4j.testkit;

import static dev.gateway4j.testkit.ScriptedStandIn.chunk;
import static dev.gateway4j.testkit.ScriptedStandIn.end;
import static dev.gateway4j.testkit.ScriptedStandIn.json;
import static dev.gateway4j.testkit.ScriptedStandIn.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.spi.FaultKind;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.StandIn;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(300)
class GatewayServerProtocolsTest {
    private static final HeldCertificate CERTIFICATE = new HeldCertificate.Builder()
            .commonName("localhost")
            .addSubjectAlternativeName("127.0.0.1")
            .build();

    enum Line {
        HTTP_1(Protocol.HTTP_1_1, false),
        HTTP_2(Protocol.H2_PRIOR_KNOWLEDGE, false),
        TLS_HTTP_1(Protocol.HTTP_1_1, true),
        TLS_HTTP_2(Protocol.HTTP_2, true);

        private final Protocol protocol;
        private final boolean encrypted;

        Line(Protocol protocol, boolean encrypted) {
            this.protocol = protocol;
            this.encrypted = encrypted;
        }

        GatewayServer serve(StandIn standIn) throws IOException {
            GatewayServer.Builder builder = GatewayServer.builder(standIn);
            if (encrypted) {
                builder.tls(new HandshakeCertificates.Builder()
                        .heldCertificate(CERTIFICATE)
                        .build()
                        .sslContext());
            }
            return builder.start();
        }

        OkHttpClient client() {
            OkHttpClient.Builder client = new OkHttpClient.Builder().retryOnConnectionFailure(false);
            if (encrypted) {
                HandshakeCertificates trust = new HandshakeCertificates.Builder()
                        .addTrustedCertificate(CERTIFICATE.certificate())
                        .build();
                client.sslSocketFactory(trust.sslSocketFactory(), trust.trustManager());
            }
            return client.protocols(
                            protocol == Protocol.HTTP_2
                                    ? List.of(Protocol.HTTP_2, Protocol.HTTP_1_1)
                                    : List.of(protocol))
                    .build();
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_answer_arrives_by_every_protocol(Line line) throws IOException {
        try (GatewayServer server =
                        line.serve(request -> json(request, 200, "{\"way\":\"" + request.scheme() + "\"}"));
                Response response = line.client()
                        .newCall(new Request.Builder()
                                .url(server.baseUrl() + "/models")
                                .build())
                        .execute()) {
            assertThat(response.protocol()).isEqualTo(line.protocol);
            assertThat(response.code()).isEqualTo(200);
            assertThat(response.body().string()).isEqualTo("{\"way\":\"" + (line.encrypted ? "https" : "http") + "\"}");
            assertThat(server.requests()).singleElement().satisfies(request -> {
                assertThat(request.path()).isEqualTo("/v1/models");
                assertThat(request.headers().first("host")).contains("127.0.0.1:" + server.port());
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_event_arrives_before_the_next_is_made(Line line) throws IOException {
        TimeSource time = TimeSource.system();
        StandIn slow = request -> stream(
                request,
                chunk(time.nanos(), "data: 1\n\n"),
                chunk(time.nanos() + 3_600_000_000_000L, "data: 2\n\n"),
                end(time.nanos() + 3_600_000_000_001L));
        try (GatewayServer server = line.serve(slow);
                Response response = line.client()
                        .newCall(new Request.Builder()
                                .url(server.baseUrl() + "/stream")
                                .build())
                        .execute()) {
            assertThat(response.body().source().readUtf8(9)).isEqualTo("data: 1\n\n");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_cut_stream_is_no_complete_one(Line line) throws IOException {
        StandIn cut = request -> stream(
                request,
                chunk(request.arrivedNanos(), "data: 1\n\n"),
                new Frame.Fault(request.arrivedNanos(), FaultKind.CUT));
        try (GatewayServer server = line.serve(cut);
                Response response = line.client()
                        .newCall(new Request.Builder()
                                .url(server.baseUrl() + "/stream")
                                .build())
                        .execute()) {
            assertThatThrownBy(() -> response.body().string()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void many_streams_share_a_connection() throws Exception {
        StandIn two = request -> {
            long now = request.arrivedNanos();
            return stream(request, chunk(now, "a"), chunk(now, "b"), end(now + 1));
        };
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try (GatewayServer server = Line.HTTP_2.serve(two)) {
            OkHttpClient client = Line.HTTP_2.client();
            List<Future<String>> bodies = IntStream.range(0, 200)
                    .mapToObj(i -> threads.submit(() -> {
                        try (Response response = client.newCall(new Request.Builder()
                                        .url(server.baseUrl() + "/" + i)
                                        .build())
                                .execute()) {
                            return response.body().string();
                        }
                    }))
                    .toList();
            for (Future<String> body : bodies) {
                assertThat(body.get()).isEqualTo("ab");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void both_protocols_are_spoken_on_one_port() throws IOException {
        try (GatewayServer server = Line.HTTP_1.serve(request -> json(request, 200, "{}"))) {
            for (Line line : List.of(Line.HTTP_1, Line.HTTP_2, Line.HTTP_1)) {
                try (Response response = line.client()
                        .newCall(new Request.Builder().url(server.baseUrl()).build())
                        .execute()) {
                    assertThat(response.protocol()).isEqualTo(line.protocol);
                }
            }
        }
    }
}
