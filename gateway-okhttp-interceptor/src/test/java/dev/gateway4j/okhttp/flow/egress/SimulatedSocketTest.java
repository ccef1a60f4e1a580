package dev.gateway4j.okhttp.flow.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.Mode;
import dev.gateway4j.api.Refusal;
import dev.gateway4j.api.RefusalReason;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.call.Ending;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.Isolation;
import dev.gateway4j.api.config.Upstream;
import dev.gateway4j.api.spi.Recorder;
import dev.gateway4j.api.spi.StandIn;
import dev.gateway4j.api.spi.WireRefusal;
import dev.gateway4j.okhttp.Gateway;
import dev.gateway4j.okhttp.flow.faults.Configs;
import dev.gateway4j.okhttp.flow.faults.RawServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.SocketFactory;
import okhttp3.Call;
import okhttp3.Dns;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
final class SimulatedSocketTest {
    private static final Dns NO_DNS = host -> {
        throw new AssertionError("looked up " + host);
    };

    @Test
    void promise_1_in_simulated_mode_no_name_is_looked_up_and_no_socket_is_made() throws Exception {
        OkHttpClient original = new OkHttpClient.Builder()
                .dns(NO_DNS)
                .socketFactory(new NoSockets())
                .build();
        OkHttpClient wrapped = Configs.gateway(Configs.simulated()).wrap(original);
        OkHttpClient throughInterceptor = original.newBuilder()
                .addInterceptor(Configs.gateway(Configs.simulated()).interceptor())
                .build();

        for (String url : List.of(
                "https://api.openai.com/v1/chat/completions",
                "http://api.openai.com:8080/v1/chat/completions",
                "https://api.openai.com./v1/chat/completions",
                "https://example.test/v1/chat/completions",
                "http://127.0.0.1:1/v1/chat/completions")) {
            for (OkHttpClient client : List.of(wrapped, throughInterceptor)) {
                try (Response response = client.newCall(Configs.chat(url)).execute()) {
                    assertThat(response.code()).isIn(200, 403);
                    assertThat(response.header("x-gateway-source")).isIn("simulated", "gateway");
                }
            }
        }
    }

    @Test
    void promise_1_in_replay_mode_neither_a_recording_nor_the_want_of_one_looks_up_a_name_or_makes_a_socket()
            throws Exception {
        OkHttpClient original = new OkHttpClient.Builder()
                .dns(NO_DNS)
                .socketFactory(new NoSockets())
                .build();
        GatewayConfig config = Configs.of(Mode.REPLAY, Isolation.STRICT, Upstream.OPENAI);
        StandIn empty = request ->
                new WireRefusal(request.arrivedNanos(), Refusal.of(RefusalReason.NO_CASSETTE, "No recording answers."));

        for (String url : List.of(
                "https://api.openai.com/v1/chat/completions",
                "https://example.test/v1/chat/completions",
                "http://127.0.0.1:1/v1/chat/completions")) {
            for (Gateway gateway :
                    List.of(Configs.gateway(config), Configs.gateway(config, empty, ManualTime.advancing()))) {
                for (OkHttpClient client : List.of(
                        gateway.wrap(original),
                        original.newBuilder()
                                .addInterceptor(gateway.interceptor())
                                .build())) {
                    try (Response response = client.newCall(Configs.chat(url)).execute()) {
                        assertThat(response.code() + " " + response.header("x-gateway-source"))
                                .isIn("200 replay", "404 gateway");
                    }
                }
            }
        }
    }

    @Test
    void promise_1_has_a_control_where_replay_records_what_is_missing() {
        GatewayConfig plain = Configs.of(Mode.REPLAY, Isolation.STRICT, Upstream.OPENAI);
        GatewayConfig recordsMissing = Configs.recordingMissing(plain);
        StandIn empty = request ->
                new WireRefusal(request.arrivedNanos(), Refusal.of(RefusalReason.NO_CASSETTE, "No recording answers."));
        OkHttpClient client = Gateway.builder()
                .config(recordsMissing)
                .standIn(empty)
                .recorder(request -> new Unheard())
                .build()
                .wrap(new OkHttpClient.Builder().dns(NO_DNS).build());

        assertThatThrownBy(() -> client.newCall(Configs.chat()).execute())
                .isInstanceOf(AssertionError.class)
                .hasMessage("looked up api.openai.com");
    }

    @Test
    void promise_1_has_a_control_in_passthrough_mode_both_are_reached() {
        Gateway gateway = Configs.gateway(Configs.of(Mode.PASSTHROUGH, Isolation.STRICT, Upstream.OPENAI));
        Dns dns = host -> List.of(InetAddress.getLoopbackAddress());
        OkHttpClient lookingUp =
                gateway.wrap(new OkHttpClient.Builder().dns(NO_DNS).build());
        OkHttpClient connecting = gateway.wrap(new OkHttpClient.Builder()
                .dns(dns)
                .socketFactory(new NoSockets())
                .build());

        assertThatThrownBy(() -> lookingUp.newCall(Configs.chat()).execute())
                .isInstanceOf(AssertionError.class)
                .hasMessage("looked up api.openai.com");
        // OkHttp 5 connects on a thread of its own and reports what that thread met in its own way.
        assertThatThrownBy(() -> connecting.newCall(Configs.chat()).execute())
                .satisfies(thrown -> assertThat(chain(thrown)).contains("made a socket"));
    }

    @Test
    void an_event_listener_sees_a_simulated_call_begin_and_end_and_nothing_of_a_network() throws Exception {
        List<String> events = new CopyOnWriteArrayList<>();
        EventListener listener = new Listening(events);
        OkHttpClient client = Configs.gateway(Configs.simulated())
                .wrap(new OkHttpClient.Builder().eventListener(listener).build());

        try (Response response = client.newCall(Configs.chat()).execute()) {
            response.body().string();
        }

        assertThat(events).containsExactly("callStart", "callEnd");
    }

    @Test
    void a_web_socket_in_simulated_mode_fails_with_the_refusal_as_its_response() throws Exception {
        OkHttpClient client = Configs.gateway(Configs.simulated())
                .wrap(new OkHttpClient.Builder()
                        .dns(NO_DNS)
                        .socketFactory(new NoSockets())
                        .build());
        Refused listener = new Refused();

        client.newWebSocket(
                new Request.Builder()
                        .url("wss://api.openai.com/v1/realtime?model=gpt-realtime")
                        .build(),
                listener);

        listener.failed.await();
        assertThat(listener.status.get()).isEqualTo(403);
        assertThat(listener.refusal.get()).isEqualTo("isolation");
    }

    @Test
    void a_web_socket_to_another_host_is_refused_as_well() throws Exception {
        try (RawServer trap = RawServer.closing("HTTP/1.1 101 Switching Protocols\r\n\r\n")) {
            OkHttpClient client = Configs.gateway(Configs.simulated()).wrap(new OkHttpClient());
            Refused listener = new Refused();

            client.newWebSocket(
                    new Request.Builder().url(trap.url("/v1/realtime")).build(), listener);

            listener.failed.await();
            assertThat(listener.status.get()).isEqualTo(403);
            assertThat(trap.connections()).isZero();
        }
    }

    @Test
    void a_dot_after_the_host_does_not_lead_a_relaxed_simulation_to_the_real_one() throws IOException {
        List<String> lookups = new CopyOnWriteArrayList<>();
        Dns dns = host -> {
            lookups.add(host);
            return List.of(InetAddress.getLoopbackAddress());
        };
        OkHttpClient client = Configs.gateway(Configs.of(Mode.SIMULATED, Isolation.RELAXED, Upstream.OPENAI))
                .wrap(new OkHttpClient.Builder().dns(dns).build());

        for (String host : List.of("api.openai.com.", "API.OPENAI.COM.")) {
            try (Response response = client.newCall(Configs.chat("https://" + host + "/v1/chat/completions"))
                    .execute()) {
                assertThat(response.header("x-gateway-source")).isEqualTo("simulated");
            }
        }

        assertThat(lookups).isEmpty();
    }

    private static final class Unheard implements Recorder.Recording {
        @Override
        public void head(int status, WireHeaders headers, long atNanos) {}

        @Override
        public void chunk(byte[] bytes, int offset, int length, long atNanos) {}

        @Override
        public void end(Ending ending, boolean delivered, long atNanos) {}
    }

    private static String chain(Throwable thrown) {
        StringBuilder text = new StringBuilder();
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            text.append(t).append('\n');
        }
        return text.toString();
    }

    private static final class NoSockets extends SocketFactory {
        @Override
        public Socket createSocket() {
            throw new AssertionError("made a socket");
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new AssertionError("made a socket to " + host);
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
            throw new AssertionError("made a socket to " + host);
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new AssertionError("made a socket to " + host);
        }

        @Override
        public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
            throw new AssertionError("made a socket to " + address);
        }
    }

    private static final class Listening extends EventListener {
        private final List<String> events;

        Listening(List<String> events) {
            this.events = events;
        }

        @Override
        public void callStart(Call call) {
            events.add("callStart");
        }

        @Override
        public void dnsStart(Call call, String domainName) {
            events.add("dnsStart");
        }

        @Override
        public void connectStart(Call call, java.net.InetSocketAddress address, java.net.Proxy proxy) {
            events.add("connectStart");
        }

        @Override
        public void requestHeadersStart(Call call) {
            events.add("requestHeadersStart");
        }

        @Override
        public void callEnd(Call call) {
            events.add("callEnd");
        }
    }

    private static final class Refused extends WebSocketListener {
        private final CountDownLatch failed = new CountDownLatch(1);
        private final AtomicReference<Integer> status = new AtomicReference<>();
        private final AtomicReference<String> refusal = new AtomicReference<>();

        @Override
        public void onFailure(WebSocket webSocket, Throwable t, @org.jspecify.annotations.Nullable Response response) {
            if (response != null) {
                status.set(response.code());
                refusal.set(response.header("x-gateway-refusal", "none"));
            }
            failed.countDown();
        }
    }
}
