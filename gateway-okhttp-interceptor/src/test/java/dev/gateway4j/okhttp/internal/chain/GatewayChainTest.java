package dev.gateway4j.okhttp.internal.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.Mode;
import dev.gateway4j.okhttp.Gateway;
import java.util.List;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

class GatewayChainTest {
    @Test
    void the_order_of_the_chain_is_this_one() {
        assertThat(names(Mode.PASSTHROUGH))
                .containsExactly(
                        "Application",
                        "IoBoundaryInterceptor",
                        "OpenCallInterceptor",
                        "KeySelectionInterceptor",
                        "RateLimitInterceptor",
                        "UsageInterceptor",
                        "TransportInterceptor",
                        "CredentialInterceptor");
    }

    @Test
    void where_nothing_leaves_nobody_adds_a_credential() {
        assertThat(names(Mode.SIMULATED))
                .doesNotContain("CredentialInterceptor")
                .contains("TransportInterceptor");
    }

    @Test
    void every_interceptor_says_its_settings() {
        for (Interceptor interceptor : wrapped(Mode.PASSTHROUGH).interceptors()) {
            assertThat(interceptor.toString()).doesNotContain("@").doesNotContain("sk-test-chain-0000");
        }
    }

    private static List<String> names(Mode mode) {
        return wrapped(mode).interceptors().stream()
                .map(interceptor -> interceptor.getClass().getSimpleName())
                .toList();
    }

    private static OkHttpClient wrapped(Mode mode) {
        return Gateway.builder()
                .environment("staging")
                .mode(mode)
                .keySource(environment -> List.of())
                .build()
                .wrap(new OkHttpClient.Builder()
                        .addInterceptor(new Application())
                        .build());
    }

    private static final class Application implements Interceptor {
        @Override
        public okhttp3.Response intercept(Chain chain) throws java.io.IOException {
            return chain.proceed(chain.request());
        }

        @Override
        public String toString() {
            return "Application";
        }
    }
}
