package dev.gateway4j.okhttp.flow.limits;

import static dev.gateway4j.api.limit.LimitKind.REQUESTS;
import static dev.gateway4j.api.limit.LimitScope.MODEL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.RateLimitConfig;
import dev.gateway4j.api.limit.LimitStatus;
import dev.gateway4j.okhttp.flow.faults.RawServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an application is shown of the limits of a model. */
@Timeout(60)
class LimitViewTest {
    private final ManualTime time = ManualTime.standing();

    @Test
    void a_mapped_model_is_shown_with_the_limits_of_both_its_names() throws IOException {
        try (RawServer upstream = RawServer.keeping(RawServer.json(200, Script.ANSWER))) {
            House house = new House(
                    mapped(Limited.passthrough(
                            "http://127.0.0.1:" + upstream.port() + "/v1",
                            1,
                            RateLimitConfig.of(List.of(Limited.perMinute(MODEL, REQUESTS, 10))))),
                    time);

            assertThat(house.ask(Limited.ask())).isEqualTo(200);

            assertThat(house.gateway.limits().of(CallTags.none(), "gpt-4o-mini"))
                    .extracting(LimitStatus::subject, LimitStatus::remaining)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("cheap", 9L),
                            org.assertj.core.groups.Tuple.tuple("gpt-4o-mini", 9L));
        }
    }

    @Test
    void a_model_is_not_taken_for_another_that_ends_as_it_does() throws IOException {
        try (RawServer upstream = RawServer.keeping(RawServer.json(
                200,
                Script.ANSWER,
                "x-ratelimit-limit-requests: 60",
                "x-ratelimit-remaining-requests: 59",
                "x-ratelimit-reset-requests: 1s"))) {
            House house = new House(
                    Limited.passthrough("http://127.0.0.1:" + upstream.port() + "/v1", 1, RateLimitConfig.none()),
                    time);

            assertThat(house.ask(
                            Limited.post(Limited.URL, Limited.QUESTION.replace("gpt-4o-mini", "meta-llama/Llama-3"))))
                    .isEqualTo(200);

            assertThat(house.gateway.limits().of(CallTags.none(), "Llama-3")).isEmpty();
            assertThat(house.gateway.limits().of(CallTags.none(), "meta-llama/Llama-3"))
                    .isNotEmpty();
        }
    }

    private static GatewayConfig mapped(GatewayConfig plain) {
        return new GatewayConfig(
                        plain.environment(),
                        plain.profile(),
                        plain.mode(),
                        plain.isolation(),
                        plain.upstreams(),
                        plain.keys(),
                        Map.of("gpt-4o-mini", "cheap"),
                        List.of(),
                        dev.gateway4j.api.config.ResponseType.GENERATED,
                        dev.gateway4j.api.config.LogLevel.ESSENTIAL,
                        dev.gateway4j.api.config.ErrorDetail.DETAILED,
                        1 << 20,
                        64,
                        1,
                        "instant",
                        List.of())
                .withRateLimits(plain.rateLimits());
    }
}
