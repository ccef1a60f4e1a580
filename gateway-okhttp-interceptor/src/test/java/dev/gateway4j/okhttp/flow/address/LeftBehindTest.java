package dev.gateway4j.okhttp.flow.address;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.okhttp.flow.faults.Configs;
import dev.gateway4j.okhttp.flow.faults.RawServer;
import java.io.IOException;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The application's credentials do not leave, and the environment's do not come back. */
@Timeout(300)
final class LeftBehindTest {
    @Test
    void the_answer_before_the_last_shows_no_key() throws IOException {
        try (RawServer server =
                RawServer.keeping(RawServer.json(503, "{}", "Retry-After: 0"), RawServer.json(200, Configs.ANSWER))) {
            OkHttpClient client =
                    new Places().openai("openai", server.url("/v1")).client();
            Request models = new Request.Builder().url(server.url("/v1/models")).build();

            try (Response response = client.newCall(models).execute()) {
                for (Response at = response; at != null; at = at.priorResponse()) {
                    assertThat(at.request().header("Authorization")).isNull();
                }
            }

            assertThat(server.requests().get(0).header("authorization")).isEqualTo("Bearer sk-test-openai-0000");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://api.openai.com", "http://127.0.0.1:PORT"})
    void keys_in_the_query_stay_behind_and_the_rest_stays_as_it_is(String origin) throws IOException {
        try (RawServer server = Places.server()) {
            OkHttpClient client =
                    new Places().openai("openai", server.url("/v1")).client();
            String url = origin.replace("PORT", Integer.toString(server.port()))
                    + "/v1/chat/completions?a=%20x&api-key=sk-test-app-0000&%6bey=sk-test-app-0000&monkey&b=";

            Places.status(client, Configs.chat(url));

            assertThat(Places.target(server)).isEqualTo("/v1/chat/completions?a=%20x&monkey&b=");
        }
    }

    @Test
    void a_key_among_the_sub_protocols_stays_behind() throws IOException {
        try (RawServer server = Places.server()) {
            OkHttpClient client =
                    new Places().openai("openai", server.url("/v1")).client();
            Request request = new Request.Builder()
                    .url(server.url("/v1/realtime"))
                    .header(
                            "Sec-WebSocket-Protocol",
                            "realtime, openai-insecure-api-key.sk-test-app-0000, openai-beta.v1")
                    .build();

            Places.status(client, request);

            assertThat(server.requests().get(0).header("sec-websocket-protocol"))
                    .isEqualTo("realtime, openai-beta.v1");
        }
    }
}
