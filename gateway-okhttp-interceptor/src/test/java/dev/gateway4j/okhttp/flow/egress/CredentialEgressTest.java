package dev.gateway4j.okhttp.flow.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateway4j.api.Mode;
import dev.gateway4j.api.config.Isolation;
import dev.gateway4j.okhttp.flow.faults.Configs;
import dev.gateway4j.okhttp.flow.faults.RawServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In passthrough mode a credential goes to its upstream and to nobody else. */
@Timeout(300)
final class CredentialEgressTest {
    private RawServer trap;
    private RawServer upstream;

    @BeforeEach
    void start() throws IOException {
        trap = RawServer.keeping(RawServer.json(200, Configs.ANSWER));
        upstream = RawServer.keeping(RawServer.json(
                200,
                Configs.ANSWER,
                "Set-Cookie: session=1",
                "Alt-Svc: h2=\"127.0.0.1:" + trap.port() + "\"; ma=3600, h3=\":" + trap.port() + "\""));
    }

    @AfterEach
    void stop() throws IOException {
        trap.close();
        upstream.close();
    }

    @Test
    void the_upstream_gets_the_key_of_the_environment() throws Exception {
        OkHttpClient client = wrap(new OkHttpClient());

        assertThat(send(client, Configs.chat(upstream))).isEqualTo(200);

        assertThat(upstream.requests()).hasSize(1);
        assertThat(upstream.requests().get(0).header("authorization")).isEqualTo("Bearer " + Configs.SECRET);
    }

    @Test
    void a_host_header_changes_nothing() throws Exception {
        OkHttpClient client = wrap(new OkHttpClient());
        Request request = Configs.chat(upstream)
                .newBuilder()
                .header("Host", "127.0.0.1:" + trap.port())
                .build();

        send(client, request);

        assertThat(upstream.requests().get(0).header("host")).isEqualTo("127.0.0.1:" + upstream.port());
        assertThat(trap.connections()).isZero();
    }

    @Test
    void an_alternative_service_is_not_used() throws Exception {
        OkHttpClient client = wrap(new OkHttpClient());

        send(client, Configs.chat(upstream));
        send(client, Configs.chat(upstream));

        assertThat(upstream.requests()).hasSize(2);
        assertThat(trap.connections()).isZero();
    }

    @Test
    void cookies_are_neither_kept_nor_sent() throws Exception {
        RecordingJar jar = new RecordingJar();
        OkHttpClient client = wrap(new OkHttpClient.Builder().cookieJar(jar).build());
        Request request =
                Configs.chat(upstream).newBuilder().header("Cookie", "own=1").build();

        send(client, request);
        send(client, request);

        assertThat(jar.asked).isEmpty();
        assertThat(upstream.requests())
                .allSatisfy(received -> assertThat(received.headers()).doesNotContainKey("cookie"));
    }

    @Test
    void a_pooled_connection_of_another_client_is_not_taken() throws Exception {
        OkHttpClient plain = new OkHttpClient();
        OkHttpClient client = wrap(plain)
                .newBuilder()
                .addInterceptor(Way.rewriting(trap.url("/v1/x")))
                .build();
        send(plain, Configs.chat(trap));

        assertThatThrownBy(() -> send(client, Configs.chat(upstream))).hasMessageContaining("Isolation");

        assertThat(plain.connectionPool().idleConnectionCount()).isEqualTo(1);
        assertThat(trap.requests()).hasSize(1);
        assertThat(trap.requests().get(0).header("authorization")).isEqualTo("Bearer sk-test-application");
    }

    @Test
    void an_application_that_maps_an_allowed_name_to_another_machine_is_in_its_right() throws Exception {
        Dns own = host -> List.of(Configs.loopback());
        OkHttpClient client = Configs.gateway(Configs.of(
                        Mode.PASSTHROUGH,
                        Isolation.STRICT,
                        Configs.upstream("http://openai.test:" + trap.port() + "/v1")))
                .wrap(new OkHttpClient.Builder().dns(own).build());

        send(client, Configs.chat());

        assertThat(trap.requests()).hasSize(1);
        assertThat(trap.requests().get(0).header("host")).isEqualTo("openai.test:" + trap.port());
    }

    @Test
    void a_name_that_resolved_does_not_open_the_other_ports_of_its_machine() throws Exception {
        Dns own = host -> List.of(Configs.loopback());
        OkHttpClient client = Configs.gateway(Configs.of(
                        Mode.PASSTHROUGH,
                        Isolation.STRICT,
                        Configs.upstream("http://openai.test:" + upstream.port() + "/v1")))
                .wrap(new OkHttpClient.Builder().dns(own).build());
        String named = "http://openai.test:" + upstream.port() + "/v1/chat/completions";
        OkHttpClient late = client.newBuilder()
                .addInterceptor(Way.rewriting("http://openai.test:" + trap.port() + "/v1/x"))
                .build();
        send(client, Configs.chat(named));

        assertThatThrownBy(() -> send(late, Configs.chat(named)))
                .hasMessageContaining("Isolation")
                .hasMessageContaining(Integer.toString(trap.port()));

        assertThat(trap.connections()).isZero();
    }

    @Test
    void the_proxy_of_the_application_is_used_where_calls_leave() throws Exception {
        for (Proxy proxy : List.of(
                new Proxy(Proxy.Type.HTTP, upstream.address()),
                new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("127.0.0.1", upstream.port())),
                new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("localhost", upstream.port())))) {
            OkHttpClient client = throughProxy(new OkHttpClient.Builder().proxy(proxy));

            send(client, Configs.chat());
        }

        assertThat(upstream.requests()).hasSize(3).allSatisfy(received -> assertThat(received.line())
                .isEqualTo("POST http://openai.test/v1/chat/completions HTTP/1.1"));
    }

    @Test
    void a_proxy_does_not_carry_a_request_that_a_late_interceptor_sends_elsewhere() throws Exception {
        for (Proxy.Type type : List.of(Proxy.Type.HTTP, Proxy.Type.SOCKS)) {
            Proxy proxy = new Proxy(type, trap.address());
            for (String elsewhere : List.of("http://evil.test/v1/x", "http://openai.test:8080/v1/x")) {
                OkHttpClient client = throughProxy(new OkHttpClient.Builder().proxy(proxy))
                        .newBuilder()
                        .addInterceptor(Way.rewriting(elsewhere))
                        .build();

                assertThatThrownBy(() -> send(client, Configs.chat("http://openai.test/v1/chat/completions")))
                        .isInstanceOf(IOException.class);
            }
        }

        assertThat(trap.connections()).isZero();
    }

    @Test
    void a_proxy_that_asks_for_a_login_cannot_send_a_question_elsewhere() throws Exception {
        try (RawServer proxy = RawServer.closing(
                RawServer.json(407, "", "Proxy-Authenticate: Basic realm=\"x\"", "Connection: close"))) {
            OkHttpClient client = throughProxy(new OkHttpClient.Builder()
                    .proxy(new Proxy(Proxy.Type.HTTP, proxy.address()))
                    .proxyAuthenticator((route, response) -> response.request()
                            .newBuilder()
                            .url(trap.url("/v1/x"))
                            .build()));
            Request question =
                    new Request.Builder().url("http://openai.test/v1/models").build();

            assertThat(send(client, Configs.chat("http://openai.test/v1/chat/completions")))
                    .isEqualTo(407);
            assertThatThrownBy(() -> send(client, question)).isInstanceOf(IOException.class);

            assertThat(trap.connections()).isZero();
            assertThat(proxy.requests()).hasSize(2);
        }
    }

    @Test
    void a_proxy_selector_that_answers_null_means_no_proxy() throws Exception {
        ProxySelector nothing = new ProxySelector() {
            @Override
            @SuppressWarnings("NullAway") // what selectors in the field do
            public List<Proxy> select(URI uri) {
                return null;
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
        };
        OkHttpClient client =
                wrap(new OkHttpClient.Builder().proxySelector(nothing).build());

        assertThat(send(client, Configs.chat(upstream))).isEqualTo(200);
    }

    @Test
    void an_upstream_may_be_named_by_its_ipv6_address() throws Exception {
        try (RawServer local = RawServer.at(Configs.loopback6(), exchange -> {
            exchange.body();
            exchange.send(RawServer.json(200, Configs.ANSWER));
            return true;
        })) {
            OkHttpClient client = Configs.gateway(Configs.of(
                            Mode.PASSTHROUGH,
                            Isolation.STRICT,
                            Configs.upstream("http://[0:0:0:0:0:0:0:1]:" + local.port() + "/v1")))
                    .wrap(new OkHttpClient());

            assertThat(send(client, Configs.chat())).isEqualTo(200);
            assertThat(send(client, Configs.chat("http://[::1]:" + local.port() + "/v1/chat/completions")))
                    .isEqualTo(200);
        }
    }

    private OkHttpClient wrap(OkHttpClient client) {
        return Configs.gateway(Configs.passthrough(upstream)).wrap(client);
    }

    private static OkHttpClient throughProxy(OkHttpClient.Builder client) {
        return Configs.gateway(
                        Configs.of(Mode.PASSTHROUGH, Isolation.STRICT, Configs.upstream("http://openai.test/v1")))
                .wrap(client.build());
    }

    private static int send(OkHttpClient client, Request request) throws IOException {
        try (Response response = client.newCall(request).execute()) {
            response.body().bytes();
            return response.code();
        }
    }

    private static final class RecordingJar implements CookieJar {
        private final List<HttpUrl> asked = new CopyOnWriteArrayList<>();

        @Override
        public List<Cookie> loadForRequest(HttpUrl url) {
            asked.add(url);
            return List.of();
        }

        @Override
        public void saveFromResponse(HttpUrl url, List<Cookie> cookies) {
            asked.add(url);
        }
    }
}
