package dev.gateway4j.okhttp.flow.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateway4j.api.Mode;
import dev.gateway4j.api.config.Isolation;
import dev.gateway4j.okhttp.Gateway;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OkHttp would send a question again behind our back; what the upstream counts is what we report. */
@Timeout(300)
final class OneAttemptTest {
    private final Reports reports = new Reports();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "408 ",
                "408 Retry-After: 0",
                "503 Retry-After: 0",
                "503 Retry-After: 1",
                "429 Retry-After: 0",
                "421 ",
                "401 WWW-Authenticate: Basic realm=\"x\"",
                "301 Location: /v1/elsewhere",
                "302 Location: /v1/elsewhere",
                "303 Location: /v1/elsewhere",
                "307 Location: /v1/elsewhere",
                "308 Location: /v1/elsewhere"
            })
    void a_status_on_which_okhttp_would_act_is_handed_over_as_it_is(String answer) throws Exception {
        int code = Integer.parseInt(answer.substring(0, 3));
        String header = answer.length() > 4 ? answer.substring(4) : "X-Nothing: 1";
        try (RawServer server = RawServer.keeping(RawServer.json(code, "{\"n\":1}", header))) {
            OkHttpClient client = gateway(server).wrap(new OkHttpClient());

            try (Response response = client.newCall(Configs.chat(server)).execute()) {
                assertThat(response.code()).isEqualTo(code);
                assertThat(response.header(header.substring(0, header.indexOf(':'))))
                        .isEqualTo(header.substring(header.indexOf(':') + 1).strip());
                assertThat(response.body().string()).isEqualTo("{\"n\":1}");
            }

            assertThat(server.requests()).hasSize(1);
            assertThat(reports.only().attempts()).hasSize(1);
        }
    }

    @Test
    void without_a_gateway_okhttp_sends_the_same_question_twice() throws Exception {
        try (RawServer server = RawServer.keeping(RawServer.json(503, "{}", "Retry-After: 0"))) {
            try (Response response =
                    new OkHttpClient().newCall(Configs.chat(server)).execute()) {
                assertThat(response.code()).isEqualTo(503);
            }

            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void a_pooled_connection_that_died_under_a_question_does_not_repeat_it() throws Exception {
        try (RawServer server = RawServer.start(exchange -> {
            exchange.body();
            if (exchange.number() == 0) {
                exchange.send(RawServer.json(200, Configs.ANSWER));
                return true;
            }
            return false; // the second question arrived whole, and then the connection is gone
        })) {
            OkHttpClient client = gateway(server).wrap(new OkHttpClient());
            send(client, Configs.chat(server));

            assertThatThrownBy(() -> send(client, Configs.chat(server))).isInstanceOf(IOException.class);

            assertThat(server.requests()).hasSize(2);
            assertThat(server.connections()).isEqualTo(1);
            assertThat(reports.all()).hasSize(2);
        }
    }

    @Test
    void several_addresses_of_a_host_do_not_repeat_a_question() throws Exception {
        InetAddress loopback = Configs.loopback();
        Dns twice = host -> List.of(loopback, loopback, loopback);
        try (RawServer server = RawServer.closing("")) {
            OkHttpClient client = Configs.gateway(
                            Configs.of(
                                    Mode.PASSTHROUGH,
                                    Isolation.STRICT,
                                    Configs.upstream("http://openai.test:" + server.port() + "/v1")),
                            reports)
                    .wrap(new OkHttpClient.Builder().dns(twice).build());

            assertThatThrownBy(() -> send(client, Configs.chat())).isInstanceOf(IOException.class);

            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void a_question_without_a_body_is_not_repeated_on_a_lost_connection() throws Exception {
        try (RawServer server = RawServer.closing("")) {
            OkHttpClient client = gateway(server).wrap(new OkHttpClient());
            Request delete = new Request.Builder()
                    .url(server.url("/v1/files/f-1"))
                    .delete(RequestBody.create(new byte[0], null))
                    .build();
            Request get = new Request.Builder().url(server.url("/v1/models")).build();

            assertThatThrownBy(() -> send(client, delete)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> send(client, get)).isInstanceOf(IOException.class);

            assertThat(server.requests()).hasSize(2);
        }
    }

    private Gateway gateway(RawServer server) {
        return Configs.gateway(Configs.passthrough(server), reports);
    }

    private static void send(OkHttpClient client, Request request) throws IOException {
        try (Response response = client.newCall(request).execute()) {
            response.body().bytes();
        }
    }
}
