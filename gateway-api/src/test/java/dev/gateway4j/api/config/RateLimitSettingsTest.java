package dev.gateway4j.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.limit.LimitKind;
import dev.gateway4j.api.limit.LimitRule;
import dev.gateway4j.api.limit.LimitScope;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitSettingsTest {
    @TempDir
    Path directory;

    private Desk desk = new Desk(Path.of(""));

    @BeforeEach
    void setUp() {
        desk = new Desk(directory);
    }

    /** The names and amounts of the limits, with everything simulated so that no key is needed. */
    private Map<String, Long> amounts(String environment) {
        return desk
                .set("mode", "simulated")
                .set("environment", environment)
                .set("allow_stand_in", "true")
                .read()
                .rateLimits()
                .rules()
                .stream()
                .collect(Collectors.toMap(LimitRule::name, LimitRule::amount));
    }

    private List<String> problems(String environment) {
        return desk.set("mode", "simulated")
                .set("environment", environment)
                .set("allow_stand_in", "true")
                .problems();
    }

    @Test
    void with_nothing_set_nothing_is_limited_and_the_upstream_is_heeded() {
        RateLimitConfig limits = desk.read().rateLimits();

        assertThat(limits).isEqualTo(RateLimitConfig.none());
    }

    @Test
    void every_kind_has_every_window_in_every_scope() {
        List<String> scopes = List.of(
                "",
                "global",
                "per_key",
                "per_model",
                "per_user",
                "per_tenant",
                "per_feature",
                "keys.development",
                "models.gpt-4.1*",
                "users.acme/anna@example.com",
                "tenants.acme",
                "features.search");
        List<String> names = new ArrayList<>();
        for (String scope : scopes) {
            for (String amount : LimitKeys.AMOUNTS.keySet()) {
                String name = scope.isEmpty() ? amount : scope + "." + amount;
                desk.set("gateway.rate_limits." + name, "7");
                names.add(name);
            }
        }

        List<LimitRule> rules = desk.read().rateLimits().rules();

        assertThat(LimitKeys.AMOUNTS).hasSize(21);
        assertThat(rules).extracting(LimitRule::name).containsExactlyInAnyOrderElementsOf(names);
        assertThat(rules).extracting(LimitRule::amount).containsOnly(7L);
        assertThat(rules)
                .contains(
                        rule(
                                LimitScope.ENVIRONMENT,
                                "*",
                                LimitKind.REQUESTS,
                                Duration.ofSeconds(1),
                                "requests_per_second"),
                        rule(LimitScope.GLOBAL, "*", LimitKind.TOKENS, Duration.ofDays(30), "global.tokens_per_month"),
                        rule(
                                LimitScope.USER,
                                "acme/anna@example.com",
                                LimitKind.INPUT_TOKENS,
                                Duration.ofHours(1),
                                "users.acme/anna@example.com.input_tokens_per_hour"),
                        rule(
                                LimitScope.MODEL,
                                "gpt-4.1*",
                                LimitKind.CONCURRENCY,
                                Duration.ZERO,
                                "models.gpt-4.1*.concurrency"),
                        rule(
                                LimitScope.KEY,
                                "*",
                                LimitKind.OUTPUT_TOKENS,
                                Duration.ofDays(1),
                                "per_key.output_tokens_per_day"));
    }

    private static LimitRule rule(LimitScope scope, String subject, LimitKind kind, Duration window, String name) {
        return new LimitRule(scope, subject, kind, 7, window, name);
    }

    @Test
    void a_file_says_what_calls_over_a_limit_do() {
        desk.file(
                "gateway:",
                "  rate_limits:",
                "    { on_limit: wait, max_wait: 0s, max_queue: 5, estimator: worst-case, oversized: alone, learn: false,",
                "      max_subjects: 9, models: { \"gpt-4o*\": { tokens_per_minute: 30000 } } }");

        RateLimitConfig limits = desk.read().rateLimits();

        assertThat(limits)
                .isEqualTo(new RateLimitConfig(
                        List.of(new LimitRule(
                                LimitScope.MODEL,
                                "gpt-4o*",
                                LimitKind.TOKENS,
                                30_000,
                                Duration.ofMinutes(1),
                                "models.gpt-4o*.tokens_per_minute")),
                        RateLimitConfig.OnLimit.WAIT,
                        Duration.ZERO,
                        5,
                        RateLimitConfig.Estimator.WORST_CASE,
                        RateLimitConfig.Oversized.ALONE,
                        false,
                        9));
    }

    @ParameterizedTest
    @CsvSource({
        "gateway.rate_limits.requests_per_minute, GATEWAY_RATE_LIMITS_REQUESTS_PER_MINUTE, 60",
        "gateway.gateway.rate_limits.per_user.tokens_per_day, GATEWAY_GATEWAY_RATE_LIMITS_PER_USER_TOKENS_PER_DAY, 60",
        "gateway.rate_limits.concurrency, GATEWAY_RATE_LIMITS_CONCURRENCY, 3",
        "gateway.rate_limits.on_limit, GATEWAY_RATE_LIMITS_ON_LIMIT, shadow",
        "gateway.rate_limits.learn, GATEWAY_RATE_LIMITS_LEARN, false",
    })
    void limits_are_set_by_property_and_variable(String property, String variable, String value) {
        GatewayConfig neither = desk.read();
        GatewayConfig byProperty =
                desk.reader().properties(Map.of(property, value)).read();
        GatewayConfig byVariable =
                desk.reader().variables(Map.of(variable, value)).read();

        assertThat(byProperty).isEqualTo(byVariable).isNotEqualTo(neither);
    }

    @Test
    void those_of_a_name_are_set_by_property_too() {
        desk.property("gateway.rate_limits.models.gpt-4.1.requests_per_minute", "5")
                .property("gateway.gateway.rate_limits.users.anna.concurrency", "2");

        Map<String, Long> amounts = amounts("development");

        assertThat(amounts).isEqualTo(Map.of("models.gpt-4.1.requests_per_minute", 5L, "users.anna.concurrency", 2L));
    }

    @Test
    void a_property_that_is_no_limit_is_refused() {
        desk.property("gateway.rate_limits.requests_per_minut", "5")
                .property("gateway.rate_limits.users.anna", "5")
                .property("gateway.rate_limits.users.anna.requests_per_eon", "5");

        List<String> problems = problems("development");

        assertThat(problems)
                .contains("gateway.rate_limits.requests_per_minut (system property): is not a known setting; did you"
                        + " mean \"gateway.rate_limits.requests_per_minute\"?")
                .hasSize(3);
    }

    @Test
    void an_environment_can_be_like_another_at_a_part_of_its_amounts() {
        desk.file(
                "gateway: { rate_limits: { requests_per_minute: 1000, per_user: { requests_per_minute: 5 } } }",
                "environments:",
                "  production:",
                "    gateway: { rate_limits: { tokens_per_day: 999, concurrency: 200, on_limit: wait } }",
                "  staging:",
                "    gateway: { rate_limits: { like: Production, factor: 10%, concurrency: 7, per_key: { concurrency: 2 } } }",
                "  demo:",
                "    gateway: { rate_limits: { like: staging, factor: 0.5 } }");

        Map<String, Long> production = amounts("production");
        Map<String, Long> staging = amounts("staging");
        Map<String, Long> demo = amounts("demo");
        RateLimitConfig limits = desk.set("environment", "staging").read().rateLimits();

        assertThat(production)
                .isEqualTo(Map.of(
                        "requests_per_minute", 1000L,
                        "per_user.requests_per_minute", 5L,
                        "tokens_per_day", 999L,
                        "concurrency", 200L));
        assertThat(staging)
                .isEqualTo(Map.of(
                        "requests_per_minute", 100L,
                        "per_user.requests_per_minute", 1L,
                        "tokens_per_day", 99L,
                        "concurrency", 7L,
                        "per_key.concurrency", 2L));
        assertThat(demo)
                .isEqualTo(Map.of(
                        "requests_per_minute", 50L,
                        "per_user.requests_per_minute", 1L,
                        "tokens_per_day", 49L,
                        "concurrency", 3L,
                        "per_key.concurrency", 1L));
        assertThat(limits.onLimit()).isEqualTo(RateLimitConfig.OnLimit.REFUSE);
    }

    @Test
    void a_property_can_make_an_environment_like_another_and_replaces_what_it_had() {
        desk.file(
                        "environments:",
                        "  production: { gateway: { rate_limits: { requests_per_minute: 1000, on_limit: wait } } }",
                        "  staging: { gateway: { rate_limits: { requests_per_minute: 3, tokens_per_day: 4 } } }")
                .property("gateway.rate_limits.like", "production")
                .property("gateway.rate_limits.factor", "2")
                .variable("GATEWAY_RATE_LIMITS_CONCURRENCY", "8");

        Map<String, Long> amounts = amounts("staging");

        assertThat(amounts).isEqualTo(Map.of("requests_per_minute", 2000L, "concurrency", 8L));
    }

    @Test
    void without_a_factor_the_amounts_are_the_same() {
        desk.file(
                "environments:",
                "  production: { gateway: { rate_limits: { requests_per_minute: \"${RPM:12}\" } } }",
                "  staging: { gateway: { rate_limits: { like: production } } }");

        Map<String, Long> unset = amounts("staging");
        desk.variable("RPM", "13");
        Map<String, Long> set = amounts("staging");

        assertThat(unset).isEqualTo(Map.of("requests_per_minute", 12L));
        assertThat(set).isEqualTo(Map.of("requests_per_minute", 13L));
    }

    @Test
    void environments_that_are_like_each_other_are_refused() {
        desk.file(
                "environments:",
                "  production: { gateway: { rate_limits: { like: staging } } }",
                "  staging: { gateway: { rate_limits: { like: demo, requests_per_day: 5 } } }",
                "  demo: { gateway: { rate_limits: { like: production } } }",
                "  self: { gateway: { rate_limits: { like: self } } }");

        List<String> circle = problems("staging");
        List<String> self = problems("self");

        assertThat(circle)
                .containsExactly("environments.production.gateway.rate_limits.like (gateway.yaml:2): staging -> demo ->"
                        + " production -> staging goes in a circle; write like only in environments that follow"
                        + " another");
        assertThat(self)
                .containsExactly("environments.self.gateway.rate_limits.like (gateway.yaml:5): self -> self goes in a"
                        + " circle; write like only in environments that follow another");
    }

    @Test
    void a_shared_like_is_explained() {
        desk.file(
                "gateway: { rate_limits: { like: production } }",
                "environments: { production: { gateway: { rate_limits: { requests_per_day: 5 } } } }");

        List<String> problems = problems("staging");

        assertThat(problems)
                .containsExactly("gateway.rate_limits.like (gateway.yaml:1): staging -> production -> production goes"
                        + " in a circle; write like only in environments that follow another");
    }

    @Test
    void whom_to_be_like_has_to_be_there_and_to_have_limits() {
        desk.file("environments:", "  bare: {}", "  staging: { gateway: { rate_limits: { like: \"${WHOM}\" } } }");

        desk.variable("WHOM", "prodction");
        List<String> unknown = problems("staging");
        desk.variable("WHOM", "bare");
        List<String> bare = problems("staging");
        desk.variable("WHOM", "production");
        List<String> nothing = problems("staging");

        assertThat(unknown)
                .containsExactly("environments.staging.gateway.rate_limits.like (gateway.yaml:3): \"${WHOM}\" is not an"
                        + " environment; did you mean \"production\"?");
        assertThat(bare)
                .containsExactly("environments.staging.gateway.rate_limits.like (gateway.yaml:3): environment \"bare\""
                        + " has no rate limits in gateway.yaml; write them there, or remove like");
        assertThat(nothing).singleElement().asString().contains("environment \"production\" has no rate limits");
    }

    @Test
    void a_lone_sandbox_block_has_nobody_to_be_like() {
        desk.file("sandbox: { gateway: { rate_limits: { like: production, factor: 0.1 } } }");

        List<String> problems = desk.problems();

        assertThat(problems)
                .containsExactly("sandbox.gateway.rate_limits.like (gateway.yaml:1): refers to nothing: gateway.yaml"
                        + " holds a lone sandbox block; write the amounts, or an environments section");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.0", "0%", "-1", "-0.1", "NaN", "Infinity", "1e3", "ten", "0x1", "1,5", "%", "1/10"})
    void a_factor_is_a_number_above_nothing(String factor) {
        desk.file(
                "environments:",
                "  production: { gateway: { rate_limits: { requests_per_day: 5 } } }",
                "  staging: { gateway: { rate_limits: { like: production, factor: \"" + factor + "\" } } }");

        List<String> problems = problems("staging");

        assertThat(problems)
                .containsExactly("environments.staging.gateway.rate_limits.factor (gateway.yaml:3): \"" + factor
                        + "\" is not a factor above 0; write a factor such as 0.1 or 10%");
    }

    @Test
    void a_factor_that_makes_amounts_too_large_is_refused() {
        desk.file(
                "environments:",
                "  production: { gateway: { rate_limits: { requests_per_second: 1000, concurrency: 3 } } }",
                "  staging: { gateway: { rate_limits: { like: production, factor: 999999999999999999 } } }",
                "  tiny: { gateway: { rate_limits: { like: production, factor: 0.000000000000000001 } } }");

        List<String> problems = problems("staging");
        Map<String, Long> tiny = amounts("tiny");

        assertThat(problems)
                .containsExactly(
                        "environments.staging.gateway.rate_limits.factor (gateway.yaml:3): requests_per_second 1000"
                                + " times 999999999999999999 is more than 1000000000, the largest amount it can have;"
                                + " write a smaller factor",
                        "environments.staging.gateway.rate_limits.factor (gateway.yaml:3): concurrency 3 times"
                                + " 999999999999999999 is more than 2147483647, the largest amount it can have; write a"
                                + " smaller factor");
        assertThat(tiny).isEqualTo(Map.of("requests_per_second", 1L, "concurrency", 1L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-5", "1.5", "9223372036854775808", "lots", "NaN", "60/min"})
    void an_amount_is_a_whole_number_from_1(String amount) {
        desk.file("gateway: { rate_limits: { requests_per_minute: \"" + amount + "\" } }");

        List<String> problems = desk.problems();

        assertThat(problems)
                .containsExactly("gateway.rate_limits.requests_per_minute (gateway.yaml:1): \"" + amount
                        + "\" is not a count; write a whole number from 1");
    }

    @Test
    void what_is_surely_a_mistake_is_refused() {
        desk.file(
                "gateway:",
                "  rate_limits:",
                "    factor: 0.1",
                "    max_wait: 25 h",
                "    max_queue: 5",
                "    requests_per_second: 1000000001",
                "    requests_per_minute: 60000000000",
                "    requests_per_fortnight: 5",
                "    per_usr: { requests_per_minute: 5 }",
                "    per_user: 5",
                "    models: { \"*\": { requests_per_minute: 5 }, \" \": { requests_per_minute: 5 } }",
                "    keys: { developmnt: { requests_per_minute: 5 } }");

        List<String> problems = desk.problems();

        assertThat(problems)
                .containsExactly(
                        "gateway.rate_limits.factor (gateway.yaml:3): has no effect without like; write the environment"
                                + " whose limits to take, or remove it",
                        "gateway.rate_limits.max_wait (gateway.yaml:4): has no effect without waiting; write on_limit:"
                                + " wait, or remove it",
                        "gateway.rate_limits.max_wait (gateway.yaml:4): is longer than a day; write 24h at most",
                        "gateway.rate_limits.max_queue (gateway.yaml:5): has no effect without waiting; write on_limit:"
                                + " wait, or remove it",
                        "gateway.rate_limits.requests_per_second (gateway.yaml:6): \"1000000001\" is more than"
                                + " 1000000000, the largest amount; write less, or remove it",
                        "gateway.rate_limits.requests_per_fortnight (gateway.yaml:8): is not a known key; did you mean"
                                + " \"requests_per_month\"?",
                        "gateway.rate_limits.per_usr (gateway.yaml:9): is not a known key; did you mean \"per_user\"?",
                        "gateway.rate_limits.per_user (gateway.yaml:10): is a single value; a section with the keys "
                                + String.join(", ", LimitKeys.AMOUNTS.keySet()) + " belongs here",
                        "gateway.rate_limits.models.* (gateway.yaml:11): is a limit for everybody; write it below"
                                + " per_model",
                        "gateway.rate_limits.models.  (gateway.yaml:11): is not a usable name; write 1 to 256 printable"
                                + " characters",
                        "gateway.rate_limits.keys.developmnt (gateway.yaml:12): is a limit for a key that no"
                                + " environment has; did you mean \"development\"?");
    }

    @Test
    void bounds_of_waiting_may_stay_where_another_layer_switches_it_off() {
        desk.file("gateway: { rate_limits: { on_limit: wait, max_wait: 2s } }")
                .property("gateway.rate_limits.on_limit", "shadow");

        RateLimitConfig limits = desk.read().rateLimits();
        List<String> beside = new Desk(directory)
                .file("gateway: { rate_limits: { on_limit: refuse, max_wait: 2s } }")
                .problems();

        assertThat(limits.onLimit()).isEqualTo(RateLimitConfig.OnLimit.SHADOW);
        assertThat(beside).singleElement().asString().contains("has no effect without waiting");
    }

    @Test
    void a_limit_that_is_never_reached_is_noticed_and_no_problem() {
        desk.file(
                        "environment: development",
                        "gateway: { rate_limits: { requests_per_minute: 60, requests_per_second: 5, requests_per_day: 50 } }")
                .set("mode", "simulated");

        List<String> notices = desk.read().notices();

        assertThat(notices)
                .containsExactly("gateway.rate_limits.requests_per_minute is 60 and never reached, since"
                        + " requests_per_day is 50.");
    }

    @Test
    void limits_of_keys_of_other_environments_are_no_mistake() {
        desk.file(
                "gateway: { rate_limits: { keys: { blue: { concurrency: 5 }, demo: { concurrency: 6 } } } }",
                "environments:",
                "  production: { openai: { credentials: { keys: [ { name: blue, api_key: \"${BLUE}\" } ] } } }",
                "  demo: {}");

        Map<String, Long> amounts = amounts("staging");

        assertThat(amounts).isEqualTo(Map.of("keys.blue.concurrency", 5L, "keys.demo.concurrency", 6L));
    }

    @Test
    void a_variable_that_several_environments_share_is_missed_once() {
        desk.file(
                "gateway: { rate_limits: { requests_per_minute: \"${RPM}\" } }",
                "environments: { staging: { gateway: { rate_limits: { like: production } } } }");

        List<String> problems = problems("staging");

        assertThat(problems)
                .containsExactly("gateway.rate_limits.requests_per_minute (gateway.yaml:1): ${RPM} is not set; set the"
                        + " environment variable RPM or write ${RPM:default}");
    }
}
