package dev.gateway4j.okhttp.flow.egress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.Mode;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.Isolation;
import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.api.spi.StandIn;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.okhttp.Gateway;
import dev.gateway4j.okhttp.flow.faults.Configs;
import dev.gateway4j.okhttp.flow.faults.RawServer;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A live server on another port of the same machine waits for what gets past the gateway. Each way is also tried on a client without a
 * gateway, which must fall into the trap: a way that leads nowhere would prove nothing.
 */
@Timeout(300)
final class BypassTest {
    /** Every name leads to this machine, as it would for an attacker who owns the names. */
    private static final Dns LOOPBACK = host -> List.of(Configs.loopback());

    private RawServer trap;
    private RawServer upstream;
    private Way way = Way.all().get(0);

    @BeforeEach
    void start() throws IOException {
        trap = RawServer.closing(RawServer.json(200, Configs.ANSWER));
        upstream = RawServer.start(exchange -> {
            exchange.body();
            exchange.send(way.answer().apply(trap, RawServer.json(200, Configs.ANSWER, "Connection: close")));
            return false;
        });
    }

    @AfterEach
    void stop() throws IOException {
        trap.close();
        upstream.close();
    }

    static Stream<Way> ways() {
        return Way.all().stream();
    }

    static Stream<Way> waysThatAreNobodysRight() {
        return Way.all().stream().filter(way -> !way.usersRight());
    }

    @ParameterizedTest
    @MethodSource("ways")
    void without_a_gateway_the_trap_is_reached(Way tried) throws Exception {
        way = tried;

        send(way.after().apply(client(), trap));

        assertThat(trap.connections()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void nothing_reaches_the_trap_in_simulated_mode(Way tried) throws Exception {
        way = tried;
        GatewayConfig config = Configs.of(Mode.SIMULATED, Isolation.STRICT, Configs.upstream(upstream.url("/v1")));

        send(wrapped(config));

        assertThat(trap.connections()).isZero();
        assertThat(upstream.connections()).isZero();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void nothing_reaches_the_trap_in_replay_mode(Way tried) throws Exception {
        way = tried;
        GatewayConfig config = Configs.of(Mode.REPLAY, Isolation.STRICT, Configs.upstream(upstream.url("/v1")));

        send(wrapped(config));

        assertThat(trap.connections()).isZero();
        assertThat(upstream.connections()).isZero();
    }

    @ParameterizedTest
    @MethodSource("waysThatAreNobodysRight")
    void nothing_reaches_the_trap_in_strict_passthrough_mode(Way tried) throws Exception {
        way = tried;

        send(wrapped(Configs.passthrough(upstream)));

        assertThat(trap.connections()).isZero();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void nothing_reaches_the_trap_through_the_single_interceptor(Way tried) throws Exception {
        way = tried;
        Gateway gateway = Configs.gateway(Configs.passthrough(upstream));
        OkHttpClient client =
                client().newBuilder().addInterceptor(gateway.interceptor()).build();

        send(way.after().apply(client, trap));

        assertThat(trap.connections()).isZero();
    }

    @Test
    void an_ipv6_literal_is_no_way_round_either() throws Exception {
        InetAddress loopback = Configs.loopback6();
        try (RawServer trap6 = RawServer.at(loopback, exchange -> false)) {
            String url = "http://[::1]:" + trap6.port() + "/v1/chat/completions";
            OkHttpClient simulated = wrapped(Configs.simulated());
            OkHttpClient passing = wrapped(Configs.passthrough(upstream));
            OkHttpClient late =
                    passing.newBuilder().addInterceptor(Way.rewriting(url)).build();

            send(simulated, Configs.chat(url));
            send(passing, Configs.chat(url));
            send(late, Configs.chat(upstream));

            assertThat(trap6.connections()).isZero();
        }
    }

    private OkHttpClient client() {
        return way.before()
                .apply(new OkHttpClient.Builder().dns(LOOPBACK), trap)
                .build();
    }

    private OkHttpClient wrapped(GatewayConfig config) {
        OkHttpClient wrapped =
                Configs.gateway(config, tricking(), ManualTime.advancing()).wrap(client());
        return way.after().apply(wrapped, trap);
    }

    /** A stand-in that plays the same trick as the server. */
    private StandIn tricking() {
        return request -> {
            boolean redirects = way.name().startsWith("a redirect");
            WireHeaders headers = redirects
                    ? WireHeaders.of("Location", trap.url("/v1/x"))
                    : WireHeaders.of("WWW-Authenticate", "Basic realm=\"x\"");
            int status = redirects ? Integer.parseInt(way.name().replaceAll("\\D", "")) : 401;
            return new WireReply(status, headers, request.arrivedNanos(), Frames.of(new byte[0], 0));
        };
    }

    private void send(OkHttpClient client) {
        send(client, way.request().apply(upstream, trap));
    }

    /** What the caller sees does not matter here: an answer, a refusal or an exception. */
    private static void send(OkHttpClient client, Request request) {
        try (Response response = client.newCall(request).execute()) {
            response.body().bytes();
        } catch (IOException expected) {
            assertThat(expected).hasMessageNotContaining(Configs.SECRET);
        }
    }
}
