package dev.gateway4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.Source;
import java.io.IOException;
import java.time.Duration;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The extension with the real simulator, as a user's test has it. */
class SimulatedCallTest {
    @RegisterExtension
    static final GatewayExtension GATEWAY = GatewayExtension.with(builder -> builder.set("openai.latency", "gpt-4o"));

    @Test
    void a_simulated_call_takes_its_time_on_the_tests_clock_and_is_reported(OkHttpClient client, ManualTime time)
            throws IOException {
        long before = time.nanos();

        try (Response response = client.newCall(chat()).execute()) {
            assertThat(response.body().string()).contains("chat.completion");
        }

        assertThat(Duration.ofNanos(time.nanos() - before)).isGreaterThan(Duration.ofMillis(100));
        assertThat(GATEWAY.reports()).hasSize(1);
        assertThat(GATEWAY.reports().get(0).source()).isEqualTo(Source.SIMULATED);
        assertThat(GATEWAY.reports().get(0).duration()).isGreaterThan(Duration.ofMillis(100));
    }

    @Test
    void reports_are_those_of_the_running_test_whichever_runs_first(OkHttpClient client) throws IOException {
        try (Response response = client.newCall(chat()).execute()) {
            response.body().string();
        }

        assertThat(GATEWAY.reports()).hasSize(1);
    }

    private static Request chat() {
        return new Request.Builder()
                .url("https://api.openai.com/v1/chat/completions")
                .post(RequestBody.create(
                        "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
                        MediaType.get("application/json")))
                .build();
    }
}
