package dev.gateway4j.okhttp.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.okhttp.Gateway;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Recording with the keys that the environment holds: each goes to its own host. */
@Timeout(300)
class KeysFromTheEnvironmentTest {
    private static final String OPENAI_KEY = "sk-test-openai-0000";
    private static final String AZURE_KEY = "azure-test-0000-0000";
    private static final String AZURE_PATH = "/openai/deployments/gpt-4o-mini/chat/completions?api-version=2024-10-21";

    @TempDir
    Path directory;

    private final LoopbackUpstream openai = LoopbackUpstream.json(LoopbackUpstream.CHAT);
    private final LoopbackUpstream azure = LoopbackUpstream.json(LoopbackUpstream.CHAT);
    private final TapeDeck deck = TapeDeck.working();

    @AfterEach
    void stop() {
        openai.close();
        azure.close();
    }

    @Test
    void with_a_key_for_each_they_never_mix() throws IOException {
        Map<String, String> variables = azureVariables();
        variables.put("OPENAI_API_KEY", OPENAI_KEY);
        OkHttpClient client = client(variables);

        for (int i = 0; i < 10; i++) {
            post(client, Chat.URL);
            post(client, azureHost() + AZURE_PATH);
        }

        assertThat(openai.received()).hasSize(10).allSatisfy(received -> {
            assertThat(received.header("Authorization")).contains("Bearer " + OPENAI_KEY);
            assertThat(received.header("api-key")).isEmpty();
        });
        assertThat(azure.received()).hasSize(10).allSatisfy(received -> {
            assertThat(received.header("api-key")).contains(AZURE_KEY);
            assertThat(received.header("Authorization")).isEmpty();
        });
        assertThat(deck.takes).hasSize(20);
    }

    @Test
    void with_azures_alone_calls_to_openai_go_there_under_the_one_deployment() throws IOException {
        post(client(azureVariables()), Chat.URL);

        assertThat(openai.received()).isEmpty();
        assertThat(azure.only().path())
                .isEqualTo("/openai/deployments/chat-prod/chat/completions?api-version=2024-10-21");
        assertThat(azure.only().header("api-key")).contains(AZURE_KEY);
        assertThat(deck.only().request.authority()).isEqualTo("api.openai.com");
    }

    private Map<String, String> azureVariables() {
        return new HashMap<>(Map.of(
                "AZURE_OPENAI_API_KEY",
                AZURE_KEY,
                "AZURE_OPENAI_ENDPOINT",
                azureHost() + "/",
                "AZURE_OPENAI_DEPLOYMENT",
                "chat-prod",
                "OPENAI_API_VERSION",
                "2024-10-21"));
    }

    private String azureHost() {
        return azure.baseUrl().replace("/v1", "");
    }

    private OkHttpClient client(Map<String, String> variables) {
        GatewayConfig config = GatewayConfig.reader()
                .directory(directory)
                .properties(Map.of())
                .variables(variables)
                .set("mode", "record")
                .set("upstreams.openai.base_url", openai.baseUrl())
                .read();
        return Gateway.builder().config(config).recorder(deck).build().wrap(new OkHttpClient());
    }

    private static void post(OkHttpClient client, String url) throws IOException {
        try (Response response = client.newCall(Chat.post(url, Chat.PLAIN)).execute()) {
            assertThat(response.code()).isEqualTo(200);
            response.body().string();
        }
    }
}
