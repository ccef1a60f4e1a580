package dev.gateway4j.okhttp.internal.cache.semantic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.config.ResponseType;
import dev.gateway4j.api.config.SemanticConfig;
import dev.gateway4j.api.config.Upstream;
import dev.gateway4j.api.openai.RequestFacts;
import dev.gateway4j.okhttp.internal.call.CallFacts;
import dev.gateway4j.okhttp.internal.call.Detached;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GatewayEmbedderTest {
    private static final String VECTOR = "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,"
            + "\"embedding\":[0.5,-1,2.5e-1]}],\"usage\":{\"prompt_tokens\":3,\"total_tokens\":3}}";

    private final MockWebServer server = new MockWebServer();
    private final List<Detached> calls = new ArrayList<>();
    private final OkHttpClient behind = new OkHttpClient();

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void it_asks_the_upstream_of_the_call_and_reads_the_numbers() throws Exception {
        answer(200, VECTOR);

        float[] vector = embed(openAi(), "Say \"hi\"\n", CallTags.none());

        assertThat(vector).containsExactly(0.5f, -1, 0.25f);
        RecordedRequest request = server.takeRequest();
        assertThat(request.getUrl().encodedPath()).isEqualTo("/v1/embeddings");
        assertThat(request.getBody().utf8())
                .isEqualTo("{\"model\":\"text-embedding-3-small\",\"input\":\"Say \\\"hi\\\"\\n\","
                        + "\"encoding_format\":\"float\"}");
    }

    @Test
    void azure_is_asked_as_azure_wants_it() throws Exception {
        answer(200, VECTOR);
        answer(200, VECTOR);

        embed(azure(Optional.of("2024-10-21")), "hi", CallTags.none());
        embed(azure(Optional.empty()), "hi", CallTags.none());

        assertThat(server.takeRequest().getTarget())
                .isEqualTo("/openai/deployments/emb-prod/embeddings?api-version=2024-10-21");
        assertThat(server.takeRequest().getTarget()).isEqualTo("/openai/v1/embeddings");
    }

    @Test
    void its_call_says_whose_it_is_and_nothing_that_belongs_to_the_question() throws Exception {
        answer(200, VECTOR);
        CallTags asking = CallTags.none()
                .withTenant("acme")
                .withUser("ann")
                .withFeature("search")
                .withCache("refresh")
                .withRoute("fast")
                .withKey("their-key");

        embed(openAi(), "hi", asking);

        CallTags tags = calls.get(0).tags();
        assertThat(tags.tenant()).contains("acme");
        assertThat(tags.user()).contains("ann");
        assertThat(tags.feature()).contains("gateway-semantic-cache");
        assertThat(tags.key()).isEmpty();
        assertThat(tags.cache()).isEmpty();
        assertThat(tags.route()).isEmpty();
    }

    @Test
    void anything_else_than_a_vector_is_a_failure() {
        List<String> broken = List.of(
                "",
                "[]",
                "{}",
                "{\"data\":[]}",
                "{\"data\":[{\"embedding\":\"AAAA\"}]}",
                "{\"data\":[{\"embedding\":[1,null]}]}",
                "{\"data\":[{\"embedding\":[1,2",
                "{\"error\":{\"message\":\"no\"}}");
        for (String body : broken) {
            answer(200, body);
            assertThatThrownBy(() -> embed(openAi(), "hi", CallTags.none()))
                    .as(body)
                    .isInstanceOf(IOException.class);
        }
        answer(429, VECTOR);
        assertThatThrownBy(() -> embed(openAi(), "hi", CallTags.none())).hasMessageContaining("429");
    }

    private void answer(int status, String body) {
        server.enqueue(new MockResponse.Builder().code(status).body(body).build());
    }

    private Upstream openAi() {
        return new Upstream(
                "openai",
                Upstream.Kind.OPENAI,
                URI.create(server.url("/v1").toString()),
                Optional.empty(),
                Map.of(),
                Upstream.Auth.KEY);
    }

    private Upstream azure(Optional<String> version) {
        String base = server.url("/").toString();
        return new Upstream(
                "azure",
                Upstream.Kind.AZURE,
                URI.create(base.substring(0, base.length() - 1)),
                version,
                Map.of("text-embedding-3-small", "emb-prod"),
                Upstream.Auth.KEY);
    }

    /** Embeds in the middle of a real call, which has a real chain. */
    private float[] embed(Upstream upstream, String text, CallTags tags) throws Exception {
        Request asked = new Request.Builder()
                .url(upstream.baseUrl() + "/chat/completions")
                .build();
        CallFacts facts = new CallFacts(
                asked,
                upstream,
                "/v1/chat/completions",
                RequestFacts.absent(),
                Optional.empty(),
                Optional.empty(),
                ResponseType.PASSTHROUGH,
                tags,
                false,
                false);
        GatewayEmbedder embedder = new GatewayEmbedder(
                (chain, request, detached) -> {
                    calls.add(detached);
                    return behind.newCall(request);
                },
                SemanticConfig.defaults(),
                cost -> {});
        List<float[]> vectors = new ArrayList<>();
        OkHttpClient client = new OkHttpClient.Builder()
                .addInterceptor(chain -> {
                    try {
                        vectors.add(
                                embedder.embedder(chain, facts, report -> {}).embed(text));
                    } catch (IOException | RuntimeException e) {
                        throw e;
                    } catch (Exception e) {
                        throw new IOException(e);
                    }
                    return new Response.Builder()
                            .request(chain.request())
                            .protocol(Protocol.HTTP_1_1)
                            .code(200)
                            .message("OK")
                            .body(ResponseBody.create("", MediaType.get("text/plain")))
                            .build();
                })
                .build();
        client.newCall(asked).execute().close();
        return vectors.get(0);
    }
}
