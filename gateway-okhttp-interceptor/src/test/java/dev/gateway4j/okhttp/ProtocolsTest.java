package dev.gateway4j.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.Mode;
import dev.gateway4j.api.Secret;
import dev.gateway4j.api.call.CallReport;
import dev.gateway4j.api.call.Ending;
import dev.gateway4j.api.config.UpstreamKey;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** HTTP/2 and WebSockets, against a server that speaks both. */
@Timeout(300)
class ProtocolsTest {
    private static final String KEY = "sk-test-protocols-0000";

    private final MockWebServer server = new MockWebServer();
    private final HeldCertificate certificate =
            new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build();
    private final BlockingQueue<CallReport> reports = new LinkedBlockingQueue<>();

    @BeforeEach
    void start() throws IOException {
        HandshakeCertificates certificates =
                new HandshakeCertificates.Builder().heldCertificate(certificate).build();
        server.useHttps(certificates.sslSocketFactory());
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private OkHttpClient client(Mode mode) {
        HandshakeCertificates trusted = new HandshakeCertificates.Builder()
                .addTrustedCertificate(certificate.certificate())
                .build();
        return Gateway.builder()
                .environment("staging")
                .mode(mode)
                .set("upstreams.openai.base_url", "https://localhost:" + server.getPort() + "/v1")
                .keySource(environment -> List.of(new UpstreamKey(
                        "blue", Secret.of("blue", KEY), "openai", 1, List.of("*"), Optional.empty(), Optional.empty())))
                .listener(reports::add)
                .build()
                .wrap(new OkHttpClient.Builder()
                        .sslSocketFactory(trusted.sslSocketFactory(), trusted.trustManager())
                        .build());
    }

    @Test
    void calls_go_out_over_http_2_and_streams_come_back() throws Exception {
        String stream =
                "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
        server.enqueue(new MockResponse(200, Headers.of("Content-Type", "text/event-stream"), stream));
        Request request = new Request.Builder()
                .url("https://api.openai.com/v1/chat/completions")
                .post(RequestBody.create("{\"model\":\"gpt-4o\",\"stream\":true}", MediaType.get("application/json")))
                .build();

        try (Response response = client(Mode.PASSTHROUGH).newCall(request).execute()) {
            assertThat(response.protocol()).isEqualTo(Protocol.HTTP_2);
            assertThat(response.body().string()).isEqualTo(stream);
        }

        RecordedRequest received = server.takeRequest();
        assertThat(received.getHeaders().get("Authorization")).isEqualTo("Bearer " + KEY);
        assertThat(reports.take().ending()).isEqualTo(Ending.COMPLETED);
    }

    @Test
    void a_web_socket_is_passed_through_with_the_environments_key() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        server.enqueue(new MockResponse.Builder()
                .webSocketUpgrade(new WebSocketListener() {
                    @Override
                    public void onMessage(WebSocket socket, String text) {
                        socket.send("echo " + text);
                        socket.close(1000, null);
                    }
                })
                .build());

        client(Mode.PASSTHROUGH).newWebSocket(upgrade(), new WebSocketListener() {
            @Override
            public void onOpen(WebSocket socket, Response response) {
                socket.send("hello");
            }

            @Override
            public void onMessage(WebSocket socket, String text) {
                heard.add(text);
            }
        });

        assertThat(heard.take()).isEqualTo("echo hello");
        RecordedRequest received = server.takeRequest();
        assertThat(received.getTarget()).isEqualTo("/v1/realtime?model=gpt-realtime");
        assertThat(received.getHeaders().get("Authorization")).isEqualTo("Bearer " + KEY);
        assertThat(reports.take().status()).hasValue(101);
    }

    @Test
    void a_web_socket_is_refused_where_a_simulator_answers() throws Exception {
        CompletableFuture<Integer> refused = new CompletableFuture<>();

        client(Mode.SIMULATED).newWebSocket(upgrade(), new WebSocketListener() {
            @Override
            public void onFailure(WebSocket socket, Throwable failure, @Nullable Response response) {
                refused.complete(response == null ? -1 : response.code());
            }
        });

        assertThat(refused.get()).isEqualTo(403);
        assertThat(server.getRequestCount()).isZero();
    }

    private static Request upgrade() {
        return new Request.Builder()
                .url("https://api.openai.com/v1/realtime?model=gpt-realtime")
                .header("Authorization", "Bearer sk-test-application-0000")
                .build();
    }
}
