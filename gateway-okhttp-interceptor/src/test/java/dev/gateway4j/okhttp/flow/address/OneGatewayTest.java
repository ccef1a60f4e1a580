package dev.gateway4j.okhttp.flow.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateway4j.okhttp.Gateway;
import dev.gateway4j.okhttp.flow.faults.Configs;
import dev.gateway4j.okhttp.flow.faults.RawServer;
import java.io.IOException;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A call passes one gateway, once. */
@Timeout(300)
final class OneGatewayTest {
    @Test
    void a_client_with_the_interceptor_cannot_be_wrapped() throws IOException {
        try (RawServer server = Places.server();
                Gateway gateway = gateway(server)) {
            OkHttpClient inner = new OkHttpClient.Builder()
                    .addInterceptor(gateway.interceptor())
                    .build();
            OkHttpClient network = new OkHttpClient.Builder()
                    .addNetworkInterceptor(gateway.interceptor())
                    .build();

            assertThatThrownBy(() -> gateway.wrap(inner))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("already has a gateway");
            assertThatThrownBy(() -> gateway.wrap(network)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void the_interceptor_inside_of_a_wrapped_client_fails_the_call() throws IOException {
        try (RawServer server = Places.server();
                Gateway gateway = gateway(server)) {
            OkHttpClient twice = gateway.wrap(new OkHttpClient())
                    .newBuilder()
                    .addInterceptor(gateway.interceptor())
                    .build();

            assertThatThrownBy(() -> Places.status(twice, Configs.chat(server)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("counted twice");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void the_interceptor_as_a_network_interceptor_fails_the_call() throws IOException {
        try (RawServer server = Places.server();
                Gateway gateway = gateway(server)) {
            OkHttpClient client = new OkHttpClient.Builder()
                    .addNetworkInterceptor(gateway.interceptor())
                    .build();

            assertThatThrownBy(() -> Places.status(client, Configs.chat(server)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("network interceptor");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void the_request_of_a_finished_answer_may_be_sent_again() throws IOException {
        try (RawServer server = Places.server();
                Gateway gateway = gateway(server)) {
            OkHttpClient client = new OkHttpClient.Builder()
                    .addInterceptor(gateway.interceptor())
                    .build();
            Request models = new Request.Builder().url(server.url("/v1/models")).build();
            Request again;
            try (Response response = client.newCall(models).execute()) {
                response.body().string();
                again = response.request();
            }

            assertThat(Places.status(client, again)).isEqualTo(200);
            assertThat(server.requests()).hasSize(2);
        }
    }

    private static Gateway gateway(RawServer server) {
        return new Places().openai("openai", server.url("/v1")).gateway();
    }
}
