package dev.gateway4j.okhttp.flow.limits;

import static dev.gateway4j.api.limit.LimitKind.CONCURRENCY;
import static dev.gateway4j.api.limit.LimitKind.REQUESTS;
import static dev.gateway4j.api.limit.LimitKind.TOKENS;
import static dev.gateway4j.api.limit.LimitScope.KEY;
import static dev.gateway4j.api.limit.LimitScope.MODEL;
import static dev.gateway4j.api.limit.LimitScope.USER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.Mode;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.call.AttemptReport;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.KeyConfig;
import dev.gateway4j.api.config.RateLimitConfig;
import dev.gateway4j.api.config.UpstreamKey;
import dev.gateway4j.api.limit.LimitOutcome.Decision;
import dev.gateway4j.api.limit.LimitRule;
import dev.gateway4j.api.limit.LimitStatus;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.okhttp.flow.faults.RawServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several attempts of one call: each pays for its key and its model, the caller pays once. */
@Timeout(60)
class AttemptsTest {
    private static final String LEFT_OVER = "{\"error\":{\"message\":\"slow down\",\"code\":\"rate_limit_exceeded\"}}";

    private final ManualTime time = ManualTime.standing();

    @Test
    void the_caller_pays_once_for_three_attempts_and_every_key_for_its_own() throws IOException {
        try (RawServer upstream = RawServer.keeping(
                RawServer.json(401, LEFT_OVER), RawServer.json(401, LEFT_OVER), RawServer.json(200, Script.ANSWER))) {
            House house = house(
                    upstream,
                    Limited.perMinute(USER, REQUESTS, 10),
                    Limited.perMinute(USER, TOKENS, 100),
                    Limited.perMinute(USER, CONCURRENCY, 1),
                    Limited.perMinute(KEY, REQUESTS, 10),
                    Limited.perMinute(KEY, TOKENS, 100),
                    Limited.perMinute(KEY, CONCURRENCY, 1));

            try (Response response = house.client.newCall(Limited.ask()).execute()) {
                assertThat(response.code()).isEqualTo(200);
                assertThat(response.header("x-gateway-attempts")).isEqualTo("3");
                assertThat(left(house, USER, TOKENS, "anna")).isEqualTo(100 - Limited.CHARGED);
                assertThat(left(house, USER, CONCURRENCY, "anna")).isZero();
                response.body().string();
            }

            assertThat(left(house, USER, REQUESTS, "anna")).isEqualTo(9);
            assertThat(left(house, USER, TOKENS, "anna")).isEqualTo(80);
            assertThat(left(house, USER, CONCURRENCY, "anna")).isEqualTo(1);
            assertThat(keys(house, REQUESTS)).containsExactlyInAnyOrder(9L, 9L, 9L);
            assertThat(keys(house, TOKENS)).as("errors give theirs back").containsExactlyInAnyOrder(100L, 100L, 80L);
            assertThat(keys(house, CONCURRENCY)).containsExactlyInAnyOrder(1L, 1L, 1L);
        }
    }

    @Test
    void a_key_at_its_limit_leaves_the_call_to_the_next() throws IOException {
        try (RawServer upstream = RawServer.keeping(RawServer.json(200, Script.ANSWER))) {
            House house = house(upstream, Limited.perMinute(KEY, REQUESTS, 2));

            for (int i = 0; i < 6; i++) {
                assertThat(house.ask(Limited.ask())).isEqualTo(200);
            }
            assertThat(keys(house, REQUESTS)).containsExactly(0L, 0L, 0L);
            assertThat(house.ask(Limited.ask())).isEqualTo(429);

            assertThat(upstream.requests()).hasSize(6);
            assertThat(house.last().attempts().stream()
                            .map(AttemptReport::limit)
                            .map(outcome -> outcome.orElseThrow().decision()))
                    .containsExactly(Decision.REFUSED, Decision.REFUSED, Decision.REFUSED);
        }
    }

    @Test
    void nobody_waits_for_one_key_while_another_is_free() throws IOException {
        ManualTime hurrying = ManualTime.advancing();
        try (RawServer upstream = RawServer.keeping(RawServer.json(200, Script.ANSWER))) {
            House house = new House(
                    Limited.passthrough(
                            "http://127.0.0.1:" + upstream.port() + "/v1",
                            3,
                            Limited.waiting(Duration.ofMinutes(5), 10, Limited.perMinute(KEY, REQUESTS, 2))),
                    hurrying);

            for (int i = 0; i < 6; i++) {
                assertThat(house.ask(Limited.ask())).isEqualTo(200);
            }
            assertThat(hurrying.nanos()).isZero();

            assertThat(house.ask(Limited.ask())).isEqualTo(200);

            assertThat(hurrying.nanos()).isEqualTo(Duration.ofSeconds(30).toNanos());
            assertThat(house.last().attempts().stream()
                            .map(AttemptReport::limit)
                            .map(outcome -> outcome.orElseThrow().decision()))
                    .containsExactly(Decision.REFUSED, Decision.REFUSED, Decision.WAITED);
        }
    }

    @Test
    void keys_of_one_project_are_one_quota_for_which_a_call_waits() throws IOException {
        ManualTime hurrying = ManualTime.advancing();
        try (RawServer upstream = RawServer.keeping(RawServer.json(
                200,
                Script.ANSWER,
                "x-ratelimit-limit-requests: 60",
                "x-ratelimit-remaining-requests: 0",
                "x-ratelimit-reset-requests: 1m0s"))) {
            GatewayConfig config = Limited.passthrough(
                    "http://127.0.0.1:" + upstream.port() + "/v1", 3, Limited.waiting(Duration.ofMinutes(5), 10));
            House house = new House(config.withKeys(ofOneProject(config), KeyConfig.defaults()), hurrying);

            assertThat(house.ask(Limited.ask())).isEqualTo(200);
            assertThat(house.ask(Limited.ask())).isEqualTo(200);

            assertThat(house.last().attempts()).hasSize(1);
            assertThat(house.lastOutcome().decision()).isEqualTo(Decision.WAITED);
            assertThat(house.lastOutcome().limit()).contains("upstream");
        }
    }

    private static List<UpstreamKey> ofOneProject(GatewayConfig config) {
        return config.keys().stream()
                .map(key -> new UpstreamKey(
                        key.name(),
                        key.secret(),
                        key.upstream(),
                        key.weight(),
                        key.models(),
                        Optional.empty(),
                        Optional.of("proj-1")))
                .toList();
    }

    @Test
    void what_a_stand_in_says_of_limits_teaches_nothing() throws IOException {
        Script simulated = Script.of(request -> new WireReply(
                200,
                WireHeaders.builder()
                        .add("content-type", "application/json")
                        .add("x-ratelimit-limit-requests", "60")
                        .add("x-ratelimit-remaining-requests", "0")
                        .build(),
                request.arrivedNanos(),
                Frames.of(List.of(
                        new Frame.Chunk(request.arrivedNanos(), Script.ANSWER.getBytes(StandardCharsets.UTF_8)),
                        new Frame.End(request.arrivedNanos(), WireHeaders.empty())))));
        GatewayConfig hybrid = Limited.config(
                Mode.HYBRID,
                Limited.at("http://127.0.0.1:9/v1"),
                List.of(),
                RateLimitConfig.of(List.of(Limited.perMinute(USER, REQUESTS, 3))));
        House house = new House(hybrid, time, simulated);

        for (int i = 0; i < 3; i++) {
            assertThat(house.ask(Limited.ask())).isEqualTo(200);
        }

        assertThat(house.ask(Limited.ask()))
                .as("our own limits hold all the same")
                .isEqualTo(429);
        assertThat(house.lastOutcome().limit()).contains("per_user.requests_per_minute");
    }

    @Test
    void a_model_at_its_limit_ends_the_call_whatever_the_key() throws IOException {
        try (RawServer upstream = RawServer.keeping(RawServer.json(200, Script.ANSWER))) {
            House house = house(upstream, Limited.perMinute(MODEL, REQUESTS, 1));
            house.ask(Limited.ask());

            assertThat(house.ask(Limited.ask())).isEqualTo(429);

            assertThat(house.last().attempts()).hasSize(1);
        }
    }

    @Test
    void a_caller_at_his_limit_ends_the_call_whatever_the_key() throws IOException {
        try (RawServer upstream = RawServer.keeping(RawServer.json(200, Script.ANSWER))) {
            House house = house(upstream, Limited.perMinute(USER, REQUESTS, 1));
            house.ask(Limited.ask());

            assertThat(house.ask(Limited.ask())).isEqualTo(429);

            assertThat(house.last().attempts()).hasSize(1);
        }
    }

    @Test
    void what_the_upstream_says_of_itself_holds_the_next_call_back() throws IOException {
        try (RawServer upstream = RawServer.keeping(RawServer.json(
                200,
                Script.ANSWER,
                "x-ratelimit-limit-requests: 60",
                "x-ratelimit-remaining-requests: 0",
                "x-ratelimit-reset-requests: 1m0s"))) {
            House house = new House(
                    Limited.passthrough("http://127.0.0.1:" + upstream.port() + "/v1", 1, RateLimitConfig.none()),
                    time);
            assertThat(house.ask(Limited.ask())).isEqualTo(200);

            try (Response refused = house.client.newCall(Limited.ask()).execute()) {
                assertThat(refused.code()).isEqualTo(429);
                assertThat(refused.header("x-gateway-limit")).isEqualTo("upstream");
                assertThat(refused.body().string())
                        .contains("The upstream's own limit on requests for upstream \\\"openai:key-1/gpt-4o-mini\\\"")
                        .contains("as its last answers said");
            }
            assertThat(upstream.requests()).hasSize(1);
            assertThat(house.gateway.limits().all())
                    .extracting(LimitStatus::name)
                    .containsOnly("upstream");
        }
    }

    private House house(RawServer upstream, LimitRule... rules) {
        return new House(
                Limited.passthrough(
                        "http://127.0.0.1:" + upstream.port() + "/v1", 3, RateLimitConfig.of(List.of(rules))),
                time);
    }

    private static List<Long> keys(House house, dev.gateway4j.api.limit.LimitKind kind) {
        return IntStream.rangeClosed(1, 3)
                .mapToObj(key -> left(house, KEY, kind, "key-" + key))
                .toList();
    }

    private static long left(
            House house,
            dev.gateway4j.api.limit.LimitScope scope,
            dev.gateway4j.api.limit.LimitKind kind,
            String name) {
        CallTags tags =
                scope == KEY ? CallTags.none().withKey(name) : CallTags.none().withUser(name);
        return house.gateway.limits().of(tags, "gpt-4o-mini").stream()
                .filter(status -> status.scope() == scope && status.kind() == kind)
                .mapToLong(LimitStatus::remaining)
                .sum();
    }

    @Test
    void a_call_waits_at_the_key_that_is_free_first_though_it_was_not_the_last_one_tried() throws IOException {
        ManualTime hurrying = ManualTime.advancing();
        try (RawServer upstream = RawServer.keeping(RawServer.json(200, Script.ANSWER))) {
            House house = new House(
                    Limited.passthrough(
                            "http://127.0.0.1:" + upstream.port() + "/v1",
                            2,
                            Limited.waiting(Duration.ofSeconds(2), 10, soon("key-1", 120), soon("key-2", 1))),
                    hurrying);
            for (String key : List.of("key-1", "key-2")) {
                for (int i = 0; i < (key.equals("key-1") ? 120 : 1); i++) {
                    assertThat(house.ask(Limited.ask()
                                    .newBuilder()
                                    .header("X-Gateway-Key", key)
                                    .build()))
                            .isEqualTo(200);
                }
            }
            for (int i = 0; i < 10; i++) {
                assertThat(house.ask(Limited.ask())).isEqualTo(200);
                assertThat(house.last()
                                .attempts()
                                .get(house.last().attempts().size() - 1)
                                .key())
                        .contains("key-1");
            }
            assertThat(hurrying.nanos()).isEqualTo(Duration.ofSeconds(5).toNanos());
        }
    }

    @Test
    void a_refusal_says_when_the_first_of_all_keys_is_free() throws IOException {
        try (RawServer upstream = RawServer.keeping(RawServer.json(200, Script.ANSWER))) {
            House house = house(upstream, soon("key-1", 1), soon("key-2", 2), soon("key-3", 1));
            for (String key : List.of("key-1", "key-2", "key-2", "key-3")) {
                assertThat(house.ask(Limited.ask()
                                .newBuilder()
                                .header("X-Gateway-Key", key)
                                .build()))
                        .isEqualTo(200);
            }

            for (int i = 0; i < 10; i++) {
                try (Response refused = house.client.newCall(Limited.ask()).execute()) {
                    assertThat(refused.code()).isEqualTo(429);
                    assertThat(refused.header("retry-after")).isEqualTo("30");
                }
            }
        }
    }

    private static LimitRule soon(String key, long perMinute) {
        return new LimitRule(
                KEY, key, REQUESTS, perMinute, Duration.ofMinutes(1), "keys." + key + ".requests_per_minute");
    }
}
