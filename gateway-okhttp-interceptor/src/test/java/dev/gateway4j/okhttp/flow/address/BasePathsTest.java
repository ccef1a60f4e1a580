package dev.gateway4j.okhttp.flow.address;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.okhttp.flow.faults.Configs;
import dev.gateway4j.okhttp.flow.faults.RawServer;
import java.io.IOException;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several upstreams may live at one origin; a key stays below its own base path. */
@Timeout(300)
final class BasePathsTest {
    @ParameterizedTest
    @CsvSource({
        "/a/v1/chat/completions, red",
        "/b/v1/chat/completions, blue",
        "/b/v1/deep/chat/completions, green",
    })
    void the_longest_base_path_names_the_upstream(String path, String upstream) throws IOException {
        try (RawServer server = Places.server()) {
            OkHttpClient client = neighbours(server);

            try (Response response =
                    client.newCall(Configs.chat(server.url(path))).execute()) {
                assertThat(response.header("x-gateway-key")).isEqualTo(upstream);
            }

            assertThat(Places.target(server)).isEqualTo(path);
            assertThat(server.requests().get(0).header("authorization"))
                    .isEqualTo("Bearer sk-test-" + upstream + "-0000");
        }
    }

    @ParameterizedTest
    @CsvSource({"/c/v1/chat/completions", "/a/v10/chat/completions", "/a/v1/../../chat/completions"})
    void a_path_of_nobody_among_several_is_not_served(String path) throws IOException {
        try (RawServer server = Places.server()) {
            try (Response response =
                    neighbours(server).newCall(Configs.chat(server.url(path))).execute()) {
                assertThat(response.header("x-gateway-refusal")).isEqualTo("isolation");
            }

            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void where_there_is_one_base_path_an_sdk_may_leave_it_out() throws IOException {
        try (RawServer server = Places.server()) {
            OkHttpClient client =
                    new Places().openai("red", server.url("/a/v1")).client();

            Places.status(client, Configs.chat(server.url("/chat/completions")));

            assertThat(Places.target(server)).isEqualTo("/a/v1/chat/completions");
        }
    }

    @Test
    void the_root_of_the_api_is_the_base_url() throws IOException {
        try (RawServer server = Places.server()) {
            OkHttpClient client = new Places().openai("openai", server.url("")).client();

            int status = Places.status(client, Places.post("https://api.openai.com/", "{}"));

            assertThat(status).isEqualTo(200);
            assertThat(Places.target(server)).isEqualTo("/");
        }
    }

    private static OkHttpClient neighbours(RawServer server) {
        return new Places()
                .openai("red", server.url("/a/v1"))
                .openai("blue", server.url("/b/v1"))
                .openai("green", server.url("/b/v1/deep"))
                .client();
    }
}
