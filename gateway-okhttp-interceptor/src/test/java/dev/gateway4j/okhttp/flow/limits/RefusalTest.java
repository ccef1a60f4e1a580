package dev.gateway4j.okhttp.flow.limits;

import static dev.gateway4j.api.limit.LimitKind.CONCURRENCY;
import static dev.gateway4j.api.limit.LimitKind.INPUT_TOKENS;
import static dev.gateway4j.api.limit.LimitKind.REQUESTS;
import static dev.gateway4j.api.limit.LimitKind.TOKENS;
import static dev.gateway4j.api.limit.LimitScope.ENVIRONMENT;
import static dev.gateway4j.api.limit.LimitScope.MODEL;
import static dev.gateway4j.api.limit.LimitScope.USER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.RefusalReason;
import dev.gateway4j.api.call.Ending;
import dev.gateway4j.api.limit.LimitOutcome;
import java.io.IOException;
import java.time.Duration;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Limits that refuse: what a call is told, and whom it concerns. */
@Timeout(60)
class RefusalTest {
    private final ManualTime time = ManualTime.standing();
    private final Script openai = Script.answering();

    @Test
    void a_call_over_a_limit_is_told_which_whose_and_when_to_come_again() throws IOException {
        House house = new House(Limited.simulated(Limited.perMinute(USER, REQUESTS, 5)), time, openai);
        for (int i = 0; i < 5; i++) {
            assertThat(house.ask(Limited.ask("anna"))).isEqualTo(200);
        }

        try (Response refused = house.client.newCall(Limited.ask("anna")).execute()) {
            assertThat(refused.code()).isEqualTo(429);
            assertThat(refused.body().string())
                    .contains("gateway_rate_limited")
                    .contains("per_user.requests_per_minute is 5 and user \\\"anna\\\" has used it up; the next call"
                            + " fits in 12 s. Wait, spread the calls, or raise"
                            + " gateway.rate_limits.per_user.requests_per_minute.");
            assertThat(refused.header("x-gateway-refusal")).isEqualTo("rate_limited");
            assertThat(refused.header("x-gateway-limit")).isEqualTo("per_user.requests_per_minute");
            assertThat(refused.header("retry-after")).isEqualTo("12");
            assertThat(refused.header("retry-after-ms")).isEqualTo("12000");
            assertThat(refused.header("x-should-retry")).isEqualTo("false");
            assertThat(refused.header("x-ratelimit-limit-requests")).isEqualTo("5");
            assertThat(refused.header("x-ratelimit-remaining-requests")).isEqualTo("0");
            assertThat(refused.header("x-ratelimit-reset-requests")).isEqualTo("1m0s");
        }
        assertThat(openai.asked()).isEqualTo(5);
        assertThat(house.last().ending()).isEqualTo(Ending.REFUSED);
        assertThat(house.last().refusal()).contains(RefusalReason.RATE_LIMITED);
        assertThat(house.lastOutcome().decision()).isEqualTo(LimitOutcome.Decision.REFUSED);
        assertThat(house.lastOutcome().limit()).contains("per_user.requests_per_minute");
    }

    @Test
    void what_it_was_told_is_true() throws IOException {
        House house = new House(Limited.simulated(Limited.perMinute(USER, REQUESTS, 5)), time, openai);
        for (int i = 0; i < 5; i++) {
            house.ask(Limited.ask("anna"));
        }

        time.advance(Duration.ofMillis(11_999));
        assertThat(house.ask(Limited.ask("anna"))).isEqualTo(429);
        time.advance(Duration.ofMillis(1));
        assertThat(house.ask(Limited.ask("anna"))).isEqualTo(200);
    }

    @Test
    void a_short_wait_is_left_to_the_sdk() throws IOException {
        House house = new House(Limited.simulated(Limited.perMinute(ENVIRONMENT, REQUESTS, 60)), time, openai);
        for (int i = 0; i < 60; i++) {
            house.ask(Limited.ask());
        }

        try (Response refused = house.client.newCall(Limited.ask()).execute()) {
            assertThat(refused.header("x-should-retry")).isEqualTo("true");
            assertThat(refused.header("retry-after-ms")).isEqualTo("1000");
            assertThat(refused.body().string())
                    .contains(
                            "requests_per_minute is 60 and this environment has used it up; the next call fits in 1 s");
        }
    }

    @Test
    void a_refused_call_takes_nothing_from_any_limit() throws IOException {
        House house = new House(
                Limited.simulated(
                        Limited.perMinute(ENVIRONMENT, REQUESTS, 100),
                        Limited.perMinute(ENVIRONMENT, INPUT_TOKENS, 1_000),
                        Limited.perMinute(USER, CONCURRENCY, 4),
                        Limited.perMinute(MODEL, TOKENS, 25)),
                time,
                openai);
        assertThat(house.ask(Limited.ask())).isEqualTo(200);
        assertThat(house.left(TOKENS)).isEqualTo(5);

        for (int i = 0; i < 50; i++) {
            assertThat(house.ask(Limited.ask())).isEqualTo(429);
        }

        assertThat(house.left(REQUESTS)).isEqualTo(99);
        assertThat(house.left(INPUT_TOKENS)).isEqualTo(1_000 - 14);
        assertThat(house.left(CONCURRENCY)).isEqualTo(4);
        assertThat(house.left(TOKENS)).isEqualTo(5);
    }

    @Test
    void one_user_leaves_the_others_theirs() throws IOException {
        House house = new House(Limited.simulated(Limited.perMinute(USER, REQUESTS, 1)), time, openai);

        assertThat(house.ask(Limited.ask("anna"))).isEqualTo(200);
        assertThat(house.ask(Limited.ask("anna"))).isEqualTo(429);
        assertThat(house.ask(Limited.ask("ben"))).isEqualTo(200);
        assertThat(house.ask(fromBody("clara"))).isEqualTo(200);
        assertThat(house.ask(fromBody("clara"))).isEqualTo(429);
        assertThat(house.ask(Limited.ask("clara"))).as("the same in a header").isEqualTo(429);
    }

    @Test
    void the_same_name_under_two_tenants_is_two_users() throws IOException {
        House house = new House(Limited.simulated(Limited.perMinute(USER, REQUESTS, 1)), time, openai);

        assertThat(house.ask(of("acme", "anna"))).isEqualTo(200);
        assertThat(house.ask(of("acme", "anna"))).isEqualTo(429);
        assertThat(house.ask(of("umbrella", "anna"))).isEqualTo(200);
        assertThat(house.ask(Limited.ask("anna"))).isEqualTo(200);
        assertThat(house.ask(Limited.ask("acme/anna"))).as("no tenant by trick").isEqualTo(200);
        assertThat(house.ask(of("acme/x", "y"))).isEqualTo(200);
        assertThat(house.ask(of("acme", "x/y"))).isEqualTo(200);
    }

    @Test
    void those_who_say_no_name_are_one_user() throws IOException {
        House house = new House(Limited.simulated(Limited.perMinute(USER, REQUESTS, 2)), time, openai);
        Request anonymous = Limited.post(Limited.URL, Limited.QUESTION);

        assertThat(house.ask(anonymous)).isEqualTo(200);
        assertThat(house.ask(anonymous)).isEqualTo(200);
        try (Response refused = house.client.newCall(anonymous).execute()) {
            assertThat(refused.body().string()).contains("whoever names no user has used it up");
        }
    }

    @Test
    void a_name_cannot_forge_a_header_or_a_line() throws IOException {
        House house = new House(Limited.simulated(Limited.perMinute(USER, REQUESTS, 1)), time, openai);
        Request odd = fromBody("a\\r\\nx-forged: 1 \\u00e9");
        house.ask(odd);

        try (Response refused = house.client.newCall(odd).execute()) {
            assertThat(refused.code()).isEqualTo(429);
            assertThat(refused.body().string()).contains("user \\\"a??x-forged: 1 ?\\\"");
        }
    }

    @Test
    void a_call_larger_than_the_whole_limit_is_told_so_at_once() throws IOException {
        House house = new House(Limited.simulated(Limited.perMinute(ENVIRONMENT, TOKENS, 100)), time, openai);
        Request large = Limited.post(Limited.URL, Limited.QUESTION.replace("What is", "What ".repeat(1_000)));

        try (Response refused = house.client.newCall(large).execute()) {
            assertThat(refused.code()).isEqualTo(429);
            assertThat(refused.body().string())
                    .contains("This call needs 1258 tokens, tokens_per_minute is 100")
                    .contains("it can never pass. Ask for less, raise gateway.rate_limits.tokens_per_minute, or set"
                            + " gateway.rate_limits.oversized: alone.");
            assertThat(refused.header("retry-after")).isNull();
            assertThat(refused.header("x-should-retry")).isEqualTo("false");
        }
        assertThat(house.left(TOKENS)).isEqualTo(100);
        assertThat(house.ask(Limited.ask())).isEqualTo(200);
    }

    @Test
    void a_model_that_is_asked_for_by_another_name_counts_under_both() throws IOException {
        var config = Limited.simulated(Limited.perMinute(MODEL, REQUESTS, 2));
        House house = new House(mapped(config), time, openai);

        assertThat(house.ask(Limited.post(Limited.URL, Limited.QUESTION.replace("gpt-4o-mini", "alias"))))
                .isEqualTo(200);
        assertThat(house.ask(Limited.ask())).isEqualTo(200);
        assertThat(house.ask(Limited.ask())).isEqualTo(429);
    }

    private static dev.gateway4j.api.config.GatewayConfig mapped(dev.gateway4j.api.config.GatewayConfig config) {
        return new dev.gateway4j.api.config.GatewayConfig(
                        config.environment(),
                        config.profile(),
                        config.mode(),
                        config.isolation(),
                        config.upstreams(),
                        config.keys(),
                        java.util.Map.of("alias", "gpt-4o-mini"),
                        config.responses(),
                        config.defaultResponse(),
                        config.logging(),
                        config.errors(),
                        config.maxBodyBytes(),
                        config.maxJsonDepth(),
                        config.seed(),
                        config.latency(),
                        config.notices())
                .withRateLimits(config.rateLimits());
    }

    @Test
    void what_is_only_looked_at_counts_as_a_request_of_its_caller_and_no_tokens() throws IOException {
        House house = new House(
                Limited.simulated(
                        Limited.perMinute(ENVIRONMENT, REQUESTS, 2),
                        Limited.perMinute(ENVIRONMENT, TOKENS, 15),
                        Limited.perMinute(MODEL, CONCURRENCY, 1)),
                time,
                openai);
        Request list =
                new Request.Builder().url("https://api.openai.com/v1/models").build();

        assertThat(house.ask(list)).isEqualTo(200);
        assertThat(house.left(TOKENS)).isEqualTo(15);
        assertThat(house.ask(list)).isEqualTo(200);
        assertThat(house.ask(list)).isEqualTo(429);
    }

    @Test
    void a_websocket_meets_no_limit() throws IOException {
        House house = new House(Limited.simulated(Limited.perMinute(ENVIRONMENT, REQUESTS, 1)), time, openai);
        Request upgrade = new Request.Builder()
                .url("https://api.openai.com/v1/realtime?model=gpt-realtime")
                .header("Upgrade", "websocket")
                .header("Connection", "Upgrade")
                .build();

        house.ask(upgrade);
        house.ask(upgrade);

        assertThat(house.left(REQUESTS)).isEqualTo(1);
    }

    @Test
    void a_user_friendly_answer_keeps_the_numbers_to_its_headers() throws IOException {
        House house = new House(dev.gateway4j.okhttp.Gateway.builder()
                .set("gateway.errors", "user_friendly")
                .set("gateway.rate_limits.requests_per_minute", "1")
                .environment("development")
                .time(time)
                .standIn(openai));
        house.ask(Limited.ask());

        try (Response refused = house.client.newCall(Limited.ask()).execute()) {
            assertThat(refused.body().string())
                    .contains("Too many requests. Please try again later.")
                    .doesNotContain("per_minute");
            assertThat(refused.header("retry-after")).isEqualTo("60");
        }
    }

    private static Request fromBody(String user) {
        return Limited.post(
                Limited.URL, Limited.QUESTION.replace("{\"model\"", "{\"user\":\"" + user + "\",\"model\""));
    }

    private static Request of(String tenant, String user) {
        return Limited.ask(user).newBuilder().header("X-Gateway-Tenant", tenant).build();
    }
}
