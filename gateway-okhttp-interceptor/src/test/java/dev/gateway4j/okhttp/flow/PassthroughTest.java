package dev.gateway4j.okhttp.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateway4j.api.RefusalReason;
import dev.gateway4j.api.Source;
import dev.gateway4j.api.call.CallReport;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.call.Ending;
import dev.gateway4j.api.call.Usage;
import dev.gateway4j.api.config.ErrorDetail;
import dev.gateway4j.api.config.Isolation;
import dev.gateway4j.api.config.ResponseType;
import dev.gateway4j.api.config.Upstream;
import dev.gateway4j.okhttp.CallReports;
import dev.gateway4j.okhttp.Gateway;
import dev.gateway4j.okhttp.flow.LoopbackUpstream.Received;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PassthroughTest {
    private final LoopbackUpstream upstream = LoopbackUpstream.json(LoopbackUpstream.CHAT);
    private final RecordingListener listener = new RecordingListener();

    @AfterEach
    void stop() {
        upstream.close();
    }

    private OkHttpClient wrap(Settings settings) {
        return Gateway.builder()
                .config(settings.build())
                .listener(listener)
                .build()
                .wrap(new OkHttpClient());
    }

    @Test
    void the_environments_key_is_sent_and_the_applications_own_is_not() throws IOException {
        OkHttpClient client = wrap(Settings.passthrough(upstream.baseUrl()));
        Request request = Chat.plain()
                .newBuilder()
                .header("api-key", "sk-test-application-0000")
                .header("OpenAI-Organization", "org-of-the-application")
                .build();

        String answer;
        try (Response response = client.newCall(request).execute()) {
            answer = response.body().string();
        }

        assertThat(answer).isEqualTo(LoopbackUpstream.CHAT);
        Received received = upstream.only();
        assertThat(received.path()).isEqualTo("/v1/chat/completions");
        assertThat(received.header("Authorization")).contains("Bearer " + Settings.STAGING_KEY);
        assertThat(received.header("api-key")).isEmpty();
        assertThat(received.header("OpenAI-Organization")).isEmpty();
        assertThat(received.headers().toString()).doesNotContain("application-0000");
        assertThat(received.body()).isEqualTo(Chat.PLAIN);
    }

    @Test
    void the_gateways_headers_and_tags_stay_inside_and_reach_the_report() throws IOException {
        OkHttpClient client = wrap(Settings.passthrough(upstream.baseUrl()));
        Request request = Chat.plain()
                .newBuilder()
                .header("X-Gateway-User", "ada")
                .header("x-gateway-feature", "search")
                .header("X-Gateway-Nonsense", "1")
                .header("X-Gateway-Sim", "fault=500")
                .header("X-Cassette-Name", "chat-basic")
                .tag(CallTags.class, CallTags.none().withTenant("acme").withUser("grace"))
                .build();

        try (Response response = client.newCall(request).execute()) {
            response.body().string();
        }

        assertThat(upstream.only().headers().keySet())
                .noneMatch(name -> name.regionMatches(true, 0, "x-gateway", 0, 9) || name.startsWith("X-Cassette"));
        CallTags tags = listener.only().tags();
        assertThat(tags.user()).contains("grace");
        assertThat(tags.tenant()).contains("acme");
        assertThat(tags.feature()).contains("search");
        assertThat(tags.cassette()).contains("chat-basic");
    }

    @Test
    void the_report_says_who_answered_with_which_key_and_what_it_cost() throws IOException {
        OkHttpClient client = wrap(Settings.passthrough(upstream.baseUrl()));

        Response response = client.newCall(Chat.plain()).execute();
        var report = CallReports.of(response).toCompletableFuture();
        boolean doneBeforeTheBodyEnded = report.isDone();
        response.body().string();

        assertThat(doneBeforeTheBodyEnded).isFalse();
        assertThat(report).isCompletedWithValue(listener.only());
        CallReport said = listener.only();
        assertThat(said.source()).isEqualTo(Source.UPSTREAM);
        assertThat(said.ending()).isEqualTo(Ending.COMPLETED);
        assertThat(said.endpoint()).isEqualTo("/v1/chat/completions");
        assertThat(said.modelServed()).contains("gpt-4o-mini-2024-07-18");
        assertThat(said.usage()).contains(Usage.of(14, 2));
        assertThat(said.cost().text()).isEqualTo("0.0000033");
        assertThat(said.attempts()).hasSize(1);
        assertThat(said.attempts().get(0).key()).contains("staging-blue");
        assertThat(response.header("x-gateway-source")).isEqualTo("upstream");
        assertThat(response.header("x-gateway-key")).isEqualTo("staging-blue");
        assertThat(response.header("x-gateway-attempts")).isEqualTo("1");
        assertThat(response.header("x-gateway-call")).isEqualTo(said.callId());
    }

    @Test
    void the_environments_model_mapping_changes_the_model_and_no_other_byte() throws IOException {
        OkHttpClient client = wrap(Settings.passthrough(upstream.baseUrl()).model("gpt-4o", "gpt-4o-mini"));
        String body =
                "{ \"messages\" : [{\"role\":\"user\",\"content\":\"model: gpt-4o\"}],\r\n \"model\" :\"gpt-4o\" , \"x\":1.50}";

        try (Response response = client.newCall(Chat.post(Chat.URL, body)).execute()) {
            response.body().string();
            assertThat(response.header("x-gateway-model")).isEqualTo("gpt-4o-mini");
        }

        assertThat(upstream.only().body()).isEqualTo(body.replace(":\"gpt-4o\"", ":\"gpt-4o-mini\""));
        assertThat(listener.only().modelAsked()).contains("gpt-4o");
        assertThat(listener.only().attempts().get(0).modelSent()).contains("gpt-4o-mini");
    }

    @Test
    void a_base_url_with_a_path_of_its_own_is_kept() throws IOException {
        OkHttpClient client = wrap(Settings.passthrough(upstream.baseUrl().replace("/v1", "/proxy/openai/v1")));

        try (Response response = client.newCall(new Request.Builder()
                        .url("https://api.openai.com/v1/models/gpt-4o?x=%20y")
                        .build())
                .execute()) {
            response.body().string();
        }

        assertThat(upstream.only().path()).isEqualTo("/proxy/openai/v1/models/gpt-4o?x=%20y");
    }

    @Test
    void azure_gets_its_deployment_its_version_and_its_own_header() throws IOException {
        String base = upstream.baseUrl().replace("/v1", "");
        OkHttpClient client = wrap(Settings.passthrough("http://127.0.0.1:9/v1")
                .noKeys()
                .azure("azure-eu", base, "2024-10-21")
                .key("azure", "test-azure-key-0000", "azure-eu", 1));

        try (Response response = client.newCall(Chat.post(Chat.URL, Chat.PLAIN.replace("gpt-4o-mini", "gpt-4o")))
                .execute()) {
            response.body().string();
        }

        Received received = upstream.only();
        assertThat(received.path()).isEqualTo("/openai/deployments/chat-prod/chat/completions?api-version=2024-10-21");
        assertThat(received.header("api-key")).contains("test-azure-key-0000");
        assertThat(received.header("Authorization")).isEmpty();
    }

    @Test
    void a_call_to_a_particular_upstreams_host_gets_that_upstreams_key() throws IOException {
        OkHttpClient client = wrap(Settings.passthrough("http://127.0.0.1:9/v1")
                .upstream("local", Upstream.Kind.OPENAI, upstream.baseUrl())
                .key("local-key", "sk-test-local-0000", "local", 1));

        try (Response response = client.newCall(Chat.post(upstream.baseUrl() + "/chat/completions", Chat.PLAIN))
                .execute()) {
            response.body().string();
            assertThat(response.header("x-gateway-key")).isEqualTo("local-key");
        }

        assertThat(upstream.only().header("Authorization")).contains("Bearer sk-test-local-0000");
    }

    @Test
    void without_a_key_for_the_model_the_call_is_refused_and_nothing_leaves() throws IOException {
        OkHttpClient client = wrap(Settings.passthrough(upstream.baseUrl())
                .noKeys()
                .key("narrow", "sk-test-narrow-0000", "openai", 1, "o3*"));

        try (Response response = client.newCall(Chat.plain()).execute()) {
            assertThat(response.code()).isEqualTo(401);
            assertThat(response.header("x-gateway-refusal")).isEqualTo("no_key");
            assertThat(response.header("x-should-retry")).isEqualTo("false");
            assertThat(response.body().string())
                    .isEqualTo(
                            "{\"error\":{\"message\":\"Environment \\\"staging\\\" has no key for model gpt-4o-mini at"
                                    + " upstream \\\"openai\\\". Add one under openai.credentials.keys, or widen the models of"
                                    + " one.\",\"type\":\"authentication_error\",\"param\":null,\"code\":\"gateway_no_key\"}}");
        }

        assertThat(upstream.received()).isEmpty();
        assertThat(listener.only().ending()).isEqualTo(Ending.REFUSED);
        assertThat(listener.only().refusal()).contains(RefusalReason.NO_KEY);
        assertThat(listener.only().cost().text()).isEqualTo("0");
    }

    @Test
    void user_friendly_errors_name_no_keys_hosts_or_settings() throws IOException {
        OkHttpClient client =
                wrap(Settings.passthrough(upstream.baseUrl()).noKeys().errors(ErrorDetail.USER_FRIENDLY));

        try (Response response = client.newCall(Chat.plain()).execute()) {
            assertThat(response.body().string())
                    .contains("The service is not available right now.", "gateway_no_key")
                    .doesNotContain("staging", "upstream", "credentials");
        }
    }

    @Test
    void a_key_source_that_fails_gives_no_key() throws IOException {
        Gateway gateway = Gateway.builder()
                .config(Settings.passthrough(upstream.baseUrl()).build())
                .keySource(environment -> {
                    throw new IllegalStateException("the vault is sealed");
                })
                .build();

        try (Response response =
                gateway.wrap(new OkHttpClient()).newCall(Chat.plain()).execute()) {
            assertThat(response.code()).isEqualTo(401);
            assertThat(response.body().string()).contains("The key source failed: IllegalStateException");
        }

        assertThat(upstream.received()).isEmpty();
    }

    @Test
    void strict_isolation_refuses_a_foreign_host_and_relaxed_lets_it_pass_untouched() throws IOException {
        try (LoopbackUpstream foreign = LoopbackUpstream.json("{}")) {
            Request request = Chat.post(foreign.baseUrl() + "/anything", "{}")
                    .newBuilder()
                    .header("X-Gateway-User", "ada")
                    .build();

            try (Response refused = wrap(Settings.passthrough(upstream.baseUrl()))
                    .newCall(request)
                    .execute()) {
                assertThat(refused.code()).isEqualTo(403);
                assertThat(refused.header("x-gateway-refusal")).isEqualTo("isolation");
            }
            assertThat(foreign.received()).isEmpty();

            Settings relaxed = Settings.passthrough(upstream.baseUrl()).isolation(Isolation.RELAXED);
            try (Response passed = wrap(relaxed).newCall(request).execute()) {
                assertThat(passed.code()).isEqualTo(200);
                assertThat(passed.header("x-gateway-source")).isNull();
            }
            assertThat(foreign.only().header("Authorization")).contains("Bearer sk-test-application-0000");
            assertThat(foreign.only().header("X-Gateway-User")).isEmpty();
        }
    }

    /** Redirects are off, so applications build such requests themselves. */
    @Test
    void a_foreign_request_made_from_an_answers_request_is_a_call_of_its_own() throws IOException {
        try (LoopbackUpstream foreign = LoopbackUpstream.json("{}")) {
            OkHttpClient client = wrap(Settings.passthrough(upstream.baseUrl()).isolation(Isolation.RELAXED));
            Request made;
            try (Response response = client.newCall(Chat.plain()).execute()) {
                response.body().string();
                made = response.request()
                        .newBuilder()
                        .url(foreign.baseUrl() + "/image")
                        .removeHeader("Authorization")
                        .get()
                        .build();
            }

            try (Response response = client.newCall(made).execute()) {
                response.body().string();
            }

            assertThat(foreign.only().path()).isEqualTo("/v1/image");
            assertThat(foreign.only().header("Authorization")).isEmpty();
            assertThat(upstream.received()).hasSize(1);
            assertThat(listener.only().attempts()).hasSize(1);
        }
    }

    @Test
    void an_upstream_cannot_speak_with_the_gateways_headers() throws IOException {
        try (LoopbackUpstream pretending = LoopbackUpstream.answering(exchange -> {
            exchange.getResponseHeaders().set("x-gateway-refusal", "no_key");
            exchange.getResponseHeaders().set("x-gateway-cost-usd", "0");
            LoopbackUpstream.send(exchange, 200, "application/json", LoopbackUpstream.CHAT);
        })) {
            try (Response response = wrap(Settings.passthrough(pretending.baseUrl()))
                    .newCall(Chat.plain())
                    .execute()) {
                assertThat(response.header("x-gateway-refusal")).isNull();
                assertThat(response.header("x-gateway-cost-usd")).isNull();
                assertThat(response.header("x-gateway-source")).isEqualTo("upstream");
                response.body().string();
            }

            assertThat(listener.only().ending()).isEqualTo(Ending.COMPLETED);
        }
    }

    @Test
    void a_question_that_left_and_got_no_answer_costs_an_unknown_amount() throws IOException {
        try (LoopbackUpstream silent = LoopbackUpstream.answering(exchange -> {
            throw new IOException("hangs up");
        })) {
            OkHttpClient client = wrap(Settings.passthrough(silent.baseUrl()));

            assertThatThrownBy(() -> client.newCall(Chat.plain()).execute()).isInstanceOf(IOException.class);

            assertThat(listener.only().cost().text()).isEqualTo("unknown");
            assertThat(listener.only().attempts().get(0).ending()).isEqualTo(Ending.FAILED);
        }
    }

    @Test
    void a_stored_answer_that_is_fetched_again_is_not_paid_for_again() throws IOException {
        OkHttpClient client = wrap(Settings.passthrough(upstream.baseUrl()));

        try (Response response = client.newCall(new Request.Builder()
                        .url("https://api.openai.com/v1/responses/resp_1")
                        .build())
                .execute()) {
            response.body().string();
        }

        assertThat(listener.only().usage()).isEmpty();
        assertThat(listener.only().cost().text()).isEqualTo("0");
    }

    @Test
    void a_call_timeout_before_the_headers_is_a_failure_and_not_a_cancel() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (LoopbackUpstream slow = LoopbackUpstream.answering(exchange -> {
            try {
                over.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        })) {
            OkHttpClient client = wrap(Settings.passthrough(slow.baseUrl()))
                    .newBuilder()
                    .callTimeout(Duration.ofMillis(200))
                    .build();

            assertThatThrownBy(() -> client.newCall(Chat.plain()).execute())
                    .isInstanceOf(InterruptedIOException.class)
                    .hasMessage("timeout");

            assertThat(listener.only().ending()).isEqualTo(Ending.FAILED);
            assertThat(listener.only().failure()).contains("InterruptedIOException: timeout");
        } finally {
            over.countDown();
        }
    }

    @Test
    void hybrid_simulates_what_is_not_listed_and_passes_what_is() throws IOException {
        OkHttpClient client =
                wrap(Settings.hybrid(upstream.baseUrl()).response("/v1/chat/completions", ResponseType.PASSTHROUGH));

        try (Response chat = client.newCall(Chat.plain()).execute();
                Response models = client.newCall(new Request.Builder()
                                .url("https://api.openai.com/v1/models")
                                .build())
                        .execute()) {
            assertThat(chat.header("x-gateway-source")).isEqualTo("upstream");
            assertThat(models.header("x-gateway-source")).isEqualTo("simulated");
            chat.body().string();
            models.body().string();
        }

        assertThat(upstream.received()).extracting(Received::path).isEqualTo(List.of("/v1/chat/completions"));
    }

    @Test
    void a_failing_listener_never_fails_a_call_nor_the_listeners_after_it() throws IOException {
        Gateway gateway = Gateway.builder()
                .config(Settings.passthrough(upstream.baseUrl()).build())
                .listener(report -> {
                    throw new IllegalStateException("broken listener");
                })
                .listener(listener)
                .build();

        try (Response response =
                gateway.wrap(new OkHttpClient()).newCall(Chat.plain()).execute()) {
            assertThat(response.body().string()).isEqualTo(LoopbackUpstream.CHAT);
        }

        assertThat(listener.reports()).hasSize(1);
    }

    @Test
    void an_upstreams_error_comes_back_as_it_is_and_costs_nothing() throws IOException {
        try (LoopbackUpstream failing = LoopbackUpstream.answering(exchange ->
                LoopbackUpstream.send(exchange, 429, "application/json", "{\"error\":{\"message\":\"slow\"}}"))) {
            try (Response response = wrap(Settings.passthrough(failing.baseUrl()))
                    .newCall(Chat.plain())
                    .execute()) {
                assertThat(response.code()).isEqualTo(429);
                assertThat(response.body().string()).isEqualTo("{\"error\":{\"message\":\"slow\"}}");
            }

            assertThat(failing.received()).hasSize(1);
            assertThat(listener.only().cost().text()).isEqualTo("0");
            assertThat(listener.only().usage()).isEqualTo(Optional.empty());
        }
    }
}
