package dev.gateway4j.okhttp.flow.limits;

import static dev.gateway4j.api.limit.LimitKind.INPUT_TOKENS;
import static dev.gateway4j.api.limit.LimitScope.ENVIRONMENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.RateLimitConfig.Estimator;
import dev.gateway4j.okhttp.Gateway;
import java.io.IOException;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The estimator that counts. */
@Timeout(60)
class ExactTest {
    private static final GatewayConfig EXACT =
            Limited.simulated(Limited.estimated(Estimator.EXACT, Limited.perMinute(ENVIRONMENT, INPUT_TOKENS, 100)));

    @Test
    void the_simulator_brings_a_counter() throws IOException {
        House house = new House(EXACT, ManualTime.standing(), Script.answering());

        try (Response response = house.client.newCall(Limited.ask()).execute()) {
            assertThat(house.left(INPUT_TOKENS)).isEqualTo(100 - 14);
            response.body().string();
        }

        assertThat(house.left(INPUT_TOKENS)).as("nothing to correct").isEqualTo(100 - 14);
    }

    @Test
    void a_counter_of_the_builders_comes_first() throws IOException {
        House house = new House(Gateway.builder()
                .config(EXACT)
                .time(ManualTime.standing())
                .standIn(Script.answering())
                .tokenCounter((model, text) -> 44));

        assertThat(house.ask(Limited.ask())).isEqualTo(200);
        assertThat(house.lastOutcome().limit()).isEmpty();
        try (Response response = house.client.newCall(Limited.ask()).execute()) {
            assertThat(response.code()).isEqualTo(429);
        }
    }
}
