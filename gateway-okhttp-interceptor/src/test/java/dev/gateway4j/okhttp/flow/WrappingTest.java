package dev.gateway4j.okhttp.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateway4j.api.Mode;
import dev.gateway4j.api.call.Ending;
import dev.gateway4j.api.config.GatewayConfigException;
import dev.gateway4j.okhttp.CallReports;
import dev.gateway4j.okhttp.Gateway;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import okhttp3.CookieJar;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WrappingTest {
    private final LoopbackUpstream upstream = LoopbackUpstream.json(LoopbackUpstream.CHAT);
    private final RecordingListener listener = new RecordingListener();

    @AfterEach
    void stop() {
        upstream.close();
    }

    private Gateway passthrough() {
        return Gateway.builder()
                .config(Settings.passthrough(upstream.baseUrl()).build())
                .listener(listener)
                .build();
    }

    @Test
    void wrapping_twice_is_refused() {
        OkHttpClient wrapped = passthrough().wrap(new OkHttpClient());

        assertThatThrownBy(() -> passthrough().wrap(wrapped))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "This client already has a gateway; every call would be counted twice. Wrap the client it was"
                                + " made from.");
    }

    @Test
    void the_wrapped_client_sends_nothing_behind_the_gateways_back() {
        OkHttpClient wrapped = passthrough().wrap(new OkHttpClient());

        assertThat(wrapped.followRedirects()).isFalse();
        assertThat(wrapped.followSslRedirects()).isFalse();
        assertThat(wrapped.retryOnConnectionFailure()).isFalse();
        assertThat(wrapped.cookieJar()).isSameAs(CookieJar.NO_COOKIES);
        assertThat(wrapped.authenticator()).isSameAs(okhttp3.Authenticator.NONE);
        assertThat(wrapped.cache()).isNull();
    }

    @Test
    void default_timeouts_become_those_of_a_model_and_chosen_ones_stay() {
        OkHttpClient wrapped = passthrough().wrap(new OkHttpClient());
        OkHttpClient chosen = passthrough()
                .wrap(new OkHttpClient.Builder()
                        .readTimeout(Duration.ofSeconds(3))
                        .callTimeout(Duration.ofSeconds(4))
                        .build());

        assertThat(wrapped.readTimeoutMillis()).isEqualTo(600_000);
        assertThat(wrapped.writeTimeoutMillis()).isEqualTo(60_000);
        assertThat(chosen.readTimeoutMillis()).isEqualTo(3_000);
        assertThat(chosen.callTimeoutMillis()).isEqualTo(4_000);
    }

    @Test
    void interceptors_of_the_client_run_outside_and_never_see_a_key() throws IOException {
        List<String> seen = new ArrayList<>();
        Interceptor logging = chain -> {
            Response response = chain.proceed(chain.request());
            seen.add(chain.request().headers().toString()
                    + response.request().headers().toString());
            return response;
        };
        OkHttpClient wrapped = passthrough()
                .wrap(new OkHttpClient.Builder().addInterceptor(logging).build());

        try (Response response = wrapped.newCall(Chat.plain()).execute()) {
            response.body().string();
        }

        assertThat(seen).hasSize(1);
        assertThat(seen.toString()).doesNotContain(Settings.STAGING_KEY);
    }

    /** openai-java appends such an interceptor: it takes credentials off whenever the origin is not the one the SDK asked for. */
    @Test
    void an_sdk_that_strips_credentials_from_other_origins_does_not_strip_ours() throws IOException {
        OkHttpClient wrapped = passthrough().wrap(new OkHttpClient());
        OkHttpClient sdk = wrapped.newBuilder()
                .addNetworkInterceptor(chain -> chain.proceed(
                        chain.request().url().host().equals("api.openai.com")
                                ? chain.request()
                                : chain.request()
                                        .newBuilder()
                                        .removeHeader("Authorization")
                                        .build()))
                .build();

        try (Response response = sdk.newCall(Chat.plain()).execute()) {
            response.body().string();
        }

        assertThat(upstream.only().header("Authorization")).contains("Bearer " + Settings.STAGING_KEY);
    }

    @Test
    void one_interceptor_alone_does_what_wrapping_does() throws IOException, InterruptedException, ExecutionException {
        OkHttpClient sdk = new OkHttpClient.Builder()
                .addInterceptor(passthrough().interceptor())
                .build();

        try (Response response = sdk.newCall(Chat.plain()).execute()) {
            assertThat(response.body().string()).isEqualTo(LoopbackUpstream.CHAT);
            assertThat(response.header("x-gateway-key")).isEqualTo("staging-blue");
            assertThat(CallReports.of(response).toCompletableFuture().get().ending())
                    .isEqualTo(Ending.COMPLETED);
        }

        assertThat(upstream.only().header("Authorization")).contains("Bearer " + Settings.STAGING_KEY);
    }

    @Test
    void one_gateway_serves_several_clients_and_builders() throws IOException {
        Gateway gateway = passthrough();
        OkHttpClient first = gateway.wrap(new OkHttpClient());
        OkHttpClient second = gateway.install(new OkHttpClient.Builder()).build();

        for (OkHttpClient client : List.of(first, second)) {
            try (Response response = client.newCall(Chat.plain()).execute()) {
                response.body().string();
            }
        }

        assertThat(listener.reports()).hasSize(2);
    }

    @Test
    void a_mode_nobody_can_answer_in_fails_at_the_start_and_names_what_to_add() throws Exception {
        assertThat(WithoutProviders.call(WrappingTest.class, "whatReplaySays"))
                .contains("Answers of type cassette are needed in mode replay, and nothing on the class path"
                        + " gives them. Add dev.gateway4j:gateway-simulator, or use mode passthrough.");
    }

    /** Called in a class path of its own. */
    public static String whatReplaySays() {
        try {
            Gateway.builder()
                    .environment("development")
                    .mode(Mode.REPLAY)
                    .build()
                    .close();
            return "it started";
        } catch (GatewayConfigException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void whole_settings_and_single_ones_exclude_each_other() {
        assertThatThrownBy(() -> Gateway.builder()
                        .config(Settings.passthrough(upstream.baseUrl()).build())
                        .mode(Mode.SIMULATED)
                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("would be lost");
    }

    @Test
    void reports_of_foreign_responses_say_so() throws IOException {
        try (Response response = new OkHttpClient()
                .newCall(new Request.Builder().url(upstream.baseUrl()).build())
                .execute()) {
            assertThat(CallReports.of(response)).isCompletedExceptionally();
        }
    }
}
