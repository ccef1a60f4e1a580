package dev.gateway4j.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.Mode;
import dev.gateway4j.api.limit.LimitRule;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileShapesTest {
    private static final String[] SANDBOX = {
        "sandbox:",
        "  environment: development",
        "  isolation_level: strict                 # strict: in simulated/replay no packet leaves, whatever the host · relaxed: other hosts pass",
        "  openai:",
        "    mode: simulated                       # simulated | passthrough | hybrid | replay | record",
        "    simulated_responses:",
        "      - endpoint: /v1/chat/completions",
        "        response_type: template           # template | generated | cassette | passthrough   (hybrid = a mix of these by endpoint or model)",
        "        templates: ./sandbox/chat-templates/",
        "    credentials: { api_key: \"${SANDBOX_OPENAI_KEY}\", organization: sandbox-org }",
        "  gateway:",
        "    rate_limits: { requests_per_minute: 1000, tokens_per_day: 10000000 }",
        "    monitoring: { logging: verbose, metrics: enabled, alerting: disabled }",
        "  data: { persistence: ephemeral, retention: 7 days }",
    };
    private static final String[] FULL = {
        "upstreams:",
        "  openai:   { base_url: https://api.openai.com/v1 }",
        "  azure-eu: { kind: azure, base_url: https://res.openai.azure.com, api_version: 2024-12-01-preview, deployments: { gpt-4o: chat-prod } }",
        "  local:    { base_url: http://localhost:11434/v1 }",
        "environments:",
        "  staging:",
        "    openai:",
        "      mode: passthrough",
        "      credentials:",
        "        keys:",
        "          - { name: staging-blue,  api_key: \"${OPENAI_API_KEY_STAGING}\", weight: 2 }",
        "          - { name: staging-green, api_key: \"file:green.key\", upstream: azure-eu, models: [\"gpt-4o*\"] }",
        "      models: { gpt-4o: gpt-4o-mini }                         # test with cheaper models",
        "    gateway:",
        "      rate_limits: { requests_per_minute: 60, per_user: { requests_per_minute: 5 }, on_limit: wait, max_wait: 2s }",
        "      cache: { ttl: 5m, max_bytes: 64MB, semantic: { threshold: 0.95 } }",
        "      routes: []",
        "      retry: { attempts: 3 }",
        "      validation: { anything: [ { goes: here } ] }",
        "      budget: { daily_usd: 20, alert_at: [50%, 80%, 100%], on_exceeded: refuse }",
        "      errors: detailed                                        # detailed | user_friendly",
    };

    @TempDir
    Path directory;

    private Desk desk = new Desk(Path.of(""));

    @BeforeEach
    void setUp() {
        desk = new Desk(directory);
    }

    @Test
    void the_sandbox_document_loads_as_it_is() {
        desk.file(SANDBOX).directory("sandbox/chat-templates");

        GatewayConfig config = desk.read();

        assertThat(config.environment()).isEqualTo("development");
        assertThat(config.profile()).isEqualTo(Profile.DEVELOPMENT);
        assertThat(config.mode()).isEqualTo(Mode.SIMULATED);
        assertThat(config.isolation()).isEqualTo(Isolation.STRICT);
        assertThat(config.responses())
                .containsExactly(new ResponseRule(
                        "/v1/chat/completions",
                        Optional.empty(),
                        ResponseType.TEMPLATE,
                        Optional.of(directory.resolve("sandbox/chat-templates").toAbsolutePath()),
                        Optional.empty()));
        assertThat(config.keys()).isEmpty();
        assertThat(config.logging()).isEqualTo(LogLevel.VERBOSE);
        assertThat(config.notices())
                .containsExactly("These settings are accepted but without effect in this version:"
                        + " gateway.monitoring.metrics, gateway.monitoring.alerting.");
        assertThat(config.retention()).isEqualTo(Duration.ofDays(7));
    }

    @Test
    void the_key_of_a_sandbox_block_carries_the_name_of_its_environment() {
        desk.file(SANDBOX).directory("sandbox/chat-templates").variable("SANDBOX_OPENAI_KEY", "sk-test-blue-0000");

        UpstreamKey key = desk.read().keys().get(0);

        assertThat(key.name()).isEqualTo("development");
        assertThat(key.secret().reveal()).isEqualTo("sk-test-blue-0000");
        assertThat(key.secret().alias()).isEqualTo("development");
        assertThat(key.organization()).contains("sandbox-org");
    }

    @Test
    void a_sandbox_block_serves_its_own_environment_only() {
        desk.file(SANDBOX).directory("sandbox/chat-templates").property("gateway.environment", "staging");

        assertThat(desk.problems())
                .containsExactly(
                        "gateway.environment (system property): \"staging\" is asked for, but the sandbox block"
                                + " of gateway.yaml serves only \"development\"; ask for that, or write an environments"
                                + " section");
    }

    @Test
    void nothing_stands_beside_a_sandbox_block() {
        desk.file("sandbox: { environment: development }", "upstreams: {}");

        assertThat(desk.problems())
                .containsExactly("upstreams (gateway.yaml:2): stands beside a sandbox block; a file holds either the"
                        + " block or this");
    }

    @Test
    void a_sandbox_block_with_a_name_of_its_own_says_which_profile_it_starts_from() {
        desk.file("sandbox: { environment: develpment }");

        List<String> problems = desk.problems();
        GatewayConfig config = new Desk(directory)
                .file("sandbox: { environment: my-desk, profile: development }")
                .read();

        assertThat(problems)
                .containsExactly(
                        "sandbox.environment (gateway.yaml:1): \"develpment\" is not a built-in environment and"
                                + " says no profile to start from; did you mean \"development\"?");
        assertThat(config.environment()).isEqualTo("my-desk");
        assertThat(config.mode()).isEqualTo(Mode.SIMULATED);
    }

    @Test
    void the_full_file_loads() {
        desk.file(FULL)
                .file("green.key", "sk-test-green-0000\n".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .property("gateway.environment", "staging")
                .variable("OPENAI_API_KEY_STAGING", "sk-test-blue-0000");

        GatewayConfig config = desk.read();

        assertThat(config.environment()).isEqualTo("staging");
        assertThat(config.mode()).isEqualTo(Mode.PASSTHROUGH);
        assertThat(config.upstreams()).containsOnlyKeys("openai", "azure-eu", "local");
        assertThat(config.upstreams().get("azure-eu"))
                .isEqualTo(new Upstream(
                        "azure-eu",
                        Upstream.Kind.AZURE,
                        URI.create("https://res.openai.azure.com"),
                        Optional.of("2024-12-01-preview"),
                        Map.of("gpt-4o", "chat-prod"),
                        Upstream.Auth.KEY));
        assertThat(config.keys()).extracting(UpstreamKey::name).containsExactly("staging-blue", "staging-green");
        assertThat(config.keys()).extracting(UpstreamKey::weight).containsExactly(2, 1);
        assertThat(config.keys()).extracting(UpstreamKey::upstream).containsExactly("openai", "azure-eu");
        assertThat(config.keys().get(1).secret().reveal()).isEqualTo("sk-test-green-0000");
        assertThat(config.keys().get(1).models()).containsExactly("gpt-4o*");
        assertThat(config.models()).isEqualTo(Map.of("gpt-4o", "gpt-4o-mini"));
        assertThat(config.notices())
                .singleElement()
                .asString()
                .contains("gateway.routes", "gateway.budget.alert_at")
                .doesNotContain("rate_limits");
        assertThat(config.rateLimits().rules())
                .extracting(LimitRule::name)
                .containsExactly("requests_per_minute", "per_user.requests_per_minute");
        assertThat(config.rateLimits().onLimit()).isEqualTo(RateLimitConfig.OnLimit.WAIT);
        assertThat(config.rateLimits().maxWait()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void environments_override_shared_parts_key_by_key() {
        desk.file(
                "environment: staging",
                "isolation_level: relaxed",
                "openai: { mode: simulated, seed: 7, models: { gpt-4o: gpt-4o-mini } }",
                "gateway: { errors: user_friendly, max_json_depth: 12 }",
                "environments:",
                "  staging:",
                "    openai: { seed: 8 }",
                "    gateway: { errors: detailed }",
                "  production: { openai: { seed: 9, mode: passthrough } }");

        GatewayConfig config = desk.read();

        assertThat(config.environment()).isEqualTo("staging");
        assertThat(config.isolation()).isEqualTo(Isolation.RELAXED);
        assertThat(config.mode()).isEqualTo(Mode.SIMULATED);
        assertThat(config.seed()).isEqualTo(8);
        assertThat(config.errors()).isEqualTo(ErrorDetail.DETAILED);
        assertThat(config.maxJsonDepth()).isEqualTo(12);
        assertThat(config.models()).containsOnlyKeys("gpt-4o");
    }

    @Test
    void an_environment_of_the_users_own_starts_from_staging_unless_it_says_otherwise() {
        desk.file(
                        "environments:",
                        "  demo: { openai: { mode: simulated } }",
                        "  load: { profile: production, openai: { mode: simulated }, allow_stand_in: true }")
                .set("environment", "demo");

        GatewayConfig demo = desk.read();
        GatewayConfig load = desk.set("environment", "LOAD").read();

        assertThat(demo.profile()).isEqualTo(Profile.STAGING);
        assertThat(load.environment()).isEqualTo("load");
        assertThat(load.profile()).isEqualTo(Profile.PRODUCTION);
    }

    @Test
    void the_default_environment_of_a_file_may_be_a_variable() {
        desk.file("environment: ${APP_ENV:testing}");

        GatewayConfig unset = desk.read();
        GatewayConfig set = desk.variable("APP_ENV", "development").read();

        assertThat(unset.environment()).isEqualTo("testing");
        assertThat(set.environment()).isEqualTo("development");
    }

    @Test
    void yaml_keeps_on_off_and_percent_as_text() {
        desk.file(
                "upstreams: { on: { base_url: http://localhost:1/v1 } }",
                "openai: { models: { off: yes, \"no\": on }, latency: 50% }");

        GatewayConfig config = desk.read();

        assertThat(config.upstreams()).containsKey("on");
        assertThat(config.models()).isEqualTo(Map.of("off", "yes", "no", "on"));
        assertThat(config.latency()).isEqualTo("50%");
    }

    @Test
    void an_empty_file_and_empty_sections_set_nothing() {
        GatewayConfig empty = desk.file("# nothing yet").read();
        GatewayConfig sections =
                desk.file("openai:", "gateway:", "environments:", "upstreams:").read();

        assertThat(empty.mode()).isEqualTo(Mode.SIMULATED);
        assertThat(sections).isEqualTo(empty);
    }
}
