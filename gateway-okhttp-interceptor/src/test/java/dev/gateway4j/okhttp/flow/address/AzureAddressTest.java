package dev.gateway4j.okhttp.flow.address;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.okhttp.flow.faults.RawServer;
import java.io.IOException;
import java.util.Map;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Azure's two generations of paths, and the environment's model on both. */
@Timeout(300)
final class AzureAddressTest {
    private static final String API = "https://api.openai.com";

    @ParameterizedTest
    @CsvSource({
        "2024-10-21, /v1/chat/completions, /openai/deployments/chat-prod/chat/completions?api-version=2024-10-21, gpt-4o",
        "2024-10-21, /v1/embeddings, /openai/deployments/chat-prod/embeddings?api-version=2024-10-21, gpt-4o",
        "2024-10-21, /v1/audio/speech, /openai/deployments/chat-prod/audio/speech?api-version=2024-10-21, gpt-4o",
        "2024-10-21, /v1/responses, /openai/responses?api-version=2024-10-21, chat-prod",
        "preview, /v1/chat/completions, /openai/v1/chat/completions?api-version=preview, chat-prod",
        "preview, /v1/responses, /openai/v1/responses?api-version=preview, chat-prod",
        "'', /v1/chat/completions, /openai/v1/chat/completions, chat-prod",
        "'', /v1/images/generations?api-version=2023-05-15, /openai/v1/images/generations, chat-prod",
        "2024-10-21, /, /openai?api-version=2024-10-21, chat-prod",
        "preview, /, /openai/v1?api-version=preview, chat-prod",
    })
    void a_version_chooses_the_paths(String version, String asked, String target, String model) throws IOException {
        try (RawServer server = Places.server()) {
            OkHttpClient client = new Places().azure(server.url(""), version).client();

            int status = Places.status(client, Places.post(API + asked, "{\"model\":\"gpt-4o\",\"n\":1}"));

            assertThat(status).isEqualTo(200);
            assertThat(Places.target(server)).isEqualTo(target);
            assertThat(server.requests().get(0).body()).isEqualTo("{\"model\":\"" + model + "\",\"n\":1}");
            assertThat(server.requests().get(0).header("api-key")).isEqualTo("sk-test-azure-0000");
        }
    }

    @Test
    void files_have_no_deployment() throws IOException {
        try (RawServer server = Places.server()) {
            OkHttpClient client =
                    new Places().azure(server.url(""), "2024-10-21").client();

            Places.status(client, Places.post(API + "/v1/batches?limit=2", "{}"));

            assertThat(Places.target(server)).isEqualTo("/openai/batches?limit=2&api-version=2024-10-21");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"model\":\"gpt-4o\"}', '{\"model\":\"gpt-4o-mini\"}'",
        "'{\"n\":1}', '{\"n\":1}'",
    })
    void a_mapped_model_is_the_deployment_even_where_the_application_names_azure(String body, String sent)
            throws IOException {
        try (RawServer server = Places.server()) {
            OkHttpClient client = new Places()
                    .azure(server.url(""), "2024-10-21")
                    .models(Map.of("gpt-4o", "gpt-4o-mini"))
                    .client();
            String url = server.url("/openai/deployments/gpt-4o/chat/completions?api-version=2023-05-15");

            try (Response response = client.newCall(Places.post(url, body)).execute()) {
                assertThat(response.header("x-gateway-model")).isEqualTo("gpt-4o-mini");
            }

            assertThat(Places.target(server))
                    .isEqualTo("/openai/deployments/gpt-4o-mini/chat/completions?api-version=2023-05-15");
            assertThat(server.requests().get(0).body()).isEqualTo(sent);
        }
    }

    @Test
    void a_deployment_of_the_applications_own_stays() throws IOException {
        try (RawServer server = Places.server()) {
            OkHttpClient client =
                    new Places().azure(server.url(""), "2024-10-21").client();
            String path = "/openai/deployments/my-own/chat/completions?api-version=2023-05-15";

            Places.status(client, Places.post(server.url(path), "{\"model\":\"gpt-4o\"}"));

            assertThat(Places.target(server)).isEqualTo(path);
            assertThat(server.requests().get(0).body()).isEqualTo("{\"model\":\"gpt-4o\"}");
        }
    }

    @Test
    void the_deployment_in_the_path_is_the_model_whatever_the_body_names() throws IOException {
        try (RawServer server = Places.server()) {
            OkHttpClient client =
                    new Places().azure(server.url(""), "2024-10-21").client();
            String url = server.url("/openai/deployments/my-own/chat/completions?api-version=2023-05-15");

            for (String name : new String[] {"x1", "x2"}) {
                try (Response response = client.newCall(Places.post(url, "{\"model\":\"" + name + "\"}"))
                        .execute()) {
                    assertThat(response.header("x-gateway-model")).isEqualTo("my-own");
                }
            }
        }
    }

    @Test
    void a_body_that_names_the_model_of_the_deployment_in_the_path_counts() throws IOException {
        try (RawServer server = Places.server()) {
            OkHttpClient client =
                    new Places().azure(server.url(""), "2024-10-21").client();
            String path = "/openai/deployments/chat-prod/chat/completions?api-version=2023-05-15";

            try (Response response = client.newCall(Places.post(server.url(path), "{\"model\":\"gpt-4o\"}"))
                    .execute()) {
                assertThat(response.header("x-gateway-model")).isEqualTo("gpt-4o");
            }
            assertThat(Places.target(server)).isEqualTo(path);
        }
    }
}
