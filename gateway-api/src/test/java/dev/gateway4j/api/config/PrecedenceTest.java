package dev.gateway4j.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.Mode;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrecedenceTest {
    @TempDir
    Path directory;

    private Desk desk = new Desk(Path.of(""));

    @BeforeEach
    void setUp() {
        desk = new Desk(directory);
    }

    @Test
    void builder_over_property_over_variable_over_file_over_profile() {
        Mode profile = desk.read().mode();
        Mode file = desk.file("openai: { mode: replay }").read().mode();
        Mode variable = desk.variable("GATEWAY_MODE", "hybrid")
                .variable("OPENAI_API_KEY_DEVELOPMENT", "sk-test-blue-0000")
                .read()
                .mode();
        Mode property = desk.property("gateway.mode", "PassThrough").read().mode();
        Mode builder = desk.set("openai.mode", "record").read().mode();

        assertThat(List.of(profile, file, variable, property, builder))
                .containsExactly(Mode.SIMULATED, Mode.REPLAY, Mode.HYBRID, Mode.PASSTHROUGH, Mode.RECORD);
    }

    @Test
    void the_environment_is_chosen_by_the_same_layers() {
        desk.file("environment: testing");

        String file = desk.read().environment();
        String variable =
                desk.variable("GATEWAY_ENVIRONMENT", "development").read().environment();
        String property = desk.property("gateway.environment", "Testing").read().environment();
        String builder = desk.set("environment", "development").read().environment();

        assertThat(List.of(file, variable, property, builder))
                .containsExactly("testing", "development", "testing", "development");
    }

    @ParameterizedTest
    @CsvSource({
        "gateway.openai.default_response, GATEWAY_OPENAI_DEFAULT_RESPONSE, cassette",
        "gateway.isolation_level, GATEWAY_ISOLATION_LEVEL, relaxed",
        "gateway.errors, GATEWAY_ERRORS, user-friendly",
        "gateway.gateway.errors, GATEWAY_GATEWAY_ERRORS, USER_FRIENDLY",
        "gateway.monitoring.logging, GATEWAY_MONITORING_LOGGING, essential",
        "gateway.max_body_bytes, GATEWAY_MAX_BODY_BYTES, 1 KB",
        "gateway.gateway.max_json_depth, GATEWAY_GATEWAY_MAX_JSON_DEPTH, 3",
        "gateway.openai.seed, GATEWAY_OPENAI_SEED, -5",
        "gateway.openai.latency, GATEWAY_OPENAI_LATENCY, slow",
        "gateway.upstreams.openai.base_url, GATEWAY_UPSTREAMS_OPENAI_BASE_URL, http://localhost:1/v1/",
        "gateway.upstreams.azure-eu.api_version, GATEWAY_UPSTREAMS_AZURE_EU_API_VERSION, v2",
    })
    void every_scalar_has_a_property_and_a_variable(String property, String variable, String value) {
        desk.file("upstreams: { azure-eu: { kind: azure, base_url: \"https://eu.azure.com\", api_version: v1 } }");

        GatewayConfig neither = desk.read();
        GatewayConfig byProperty =
                desk.reader().properties(Map.of(property, value)).read();
        GatewayConfig byVariable =
                desk.reader().variables(Map.of(variable, value)).read();

        assertThat(byProperty).isEqualTo(byVariable).isNotEqualTo(neither);
    }

    @Test
    void a_builder_path_is_that_of_the_table_and_may_bring_in_an_upstream() {
        GatewayConfig config = desk.set("upstreams.local.base_url", "http://localhost:11434/v1/")
                .set("upstreams.local.auth", "none")
                .set("openai.models.gpt-4.1", "gpt-4.1-mini")
                .set("gateway.max_body_bytes", "2MB")
                .read();

        assertThat(config.upstreams().get("local"))
                .isEqualTo(new Upstream(
                        "local",
                        Upstream.Kind.OPENAI,
                        URI.create("http://localhost:11434/v1"),
                        java.util.Optional.empty(),
                        Map.of(),
                        Upstream.Auth.NONE));
        assertThat(config.models()).containsExactly(Map.entry("gpt-4.1", "gpt-4.1-mini"));
        assertThat(config.maxBodyBytes()).isEqualTo(2L << 20);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gateway.modee | is not a known setting; did you mean \"gateway.mode\"?",
                "gateway.openai.mod | is not a known setting; did you mean \"gateway.openai.mode\"?",
                "gateway.upstreams.opnai.base_url | is not a known setting; did you mean"
                        + " \"gateway.upstreams.openai.base_url\"?",
                "gateway.zzzzzzzzzzzzzzzzzzzzzzzzzz | is not a known setting; the table of settings lists all",
                "gateway.openai.models. | is not a known setting; did you mean \"gateway.openai.mode\"?",
                "gateway.openai.simulated_responses | holds more than one value and can only be set in a file",
                "gateway.openai.credentials.keys[0].api_key | holds more than one value and can only be set in a file",
                "gateway.gateway.retry.attempts | holds more than one value and can only be set in a file",
            })
    void a_property_that_is_no_setting_is_refused(String name, String problem) {
        desk.property(name, "simulated");

        List<String> problems = desk.problems();

        assertThat(problems).containsExactly(name + " (system property): " + problem);
    }

    @ParameterizedTest
    @CsvSource({
        "GATEWAY_ENVIROMENT, GATEWAY_ENVIRONMENT",
        "GATEWAY_ENVIRONMNET, GATEWAY_ENVIRONMENT",
        "GATEWAY_MDOE, GATEWAY_MODE",
        "GATEWAY_MODES, GATEWAY_MODE",
        "gateway_mode, GATEWAY_MODE",
        "gateway.mode, GATEWAY_MODE",
        "GATEWAY_CONFGI, GATEWAY_CONFIG",
    })
    void a_variable_that_is_nearly_a_switch_is_refused(String name, String meant) {
        desk.variable(name, "simulated");

        List<String> problems = desk.problems();

        assertThat(problems)
                .containsExactly(
                        name + " (environment variable): is not a known variable; did you mean " + meant + "?");
    }

    @ParameterizedTest
    @CsvSource({"GATEWAY_HOME", "GATEWAY_PORT", "GATEWAY_URL", "GATEWAY_SERVICE_HOST", "MODE", "CI"})
    void variables_of_other_tools_are_left_alone(String name) {
        desk.variable(name, "whatever");

        List<String> problems = desk.problems();

        assertThat(problems).isEmpty();
    }

    @Test
    void an_empty_value_is_a_problem_and_does_not_mean_unset() {
        desk.property("gateway.mode", "").variable("GATEWAY_ENVIRONMENT", " ").set("openai.latency", "");

        List<String> problems = desk.problems();

        assertThat(problems)
                .containsExactly(
                        "openai.latency (builder): is empty; write text or remove it",
                        "gateway.mode (system property): is empty; write one of simulated, passthrough, hybrid,"
                                + " replay, record or remove it",
                        "GATEWAY_ENVIRONMENT (environment variable): is empty; write text or remove it");
    }

    @Test
    void an_empty_name_of_a_file_is_a_problem() {
        desk.variable("GATEWAY_CONFIG", "");

        List<String> problems = desk.problems();

        assertThat(problems)
                .containsExactly("GATEWAY_CONFIG (environment variable): is empty; name a file or remove it");
    }

    @Test
    void one_setting_under_two_names_is_refused() {
        desk.property("gateway.mode", "simulated").property("gateway.openai.mode", "replay");

        List<String> problems = desk.problems();

        assertThat(problems)
                .containsExactly("gateway.openai.mode (system property): is the same setting as gateway.mode; set one"
                        + " of them");
    }

    @Test
    void with_nothing_set_the_first_notice_names_both_switches() {
        GatewayConfig nothing = desk.read();
        GatewayConfig mode = desk.reader().set("mode", "simulated").read();
        GatewayConfig environment =
                desk.reader().set("environment", "development").read();

        assertThat(nothing.environment()).isEqualTo("development");
        assertThat(nothing.mode()).isEqualTo(Mode.SIMULATED);
        assertThat(nothing.notices())
                .containsExactly("Nothing is set: environment development, mode simulated. Set -Dgateway.environment"
                        + " and -Dgateway.mode (or GATEWAY_ENVIRONMENT and GATEWAY_MODE) to choose.");
        assertThat(mode.notices()).isEmpty();
        assertThat(environment.notices()).isEmpty();
    }

    @Test
    void a_file_that_chooses_neither_environment_nor_mode_leaves_the_notice() {
        GatewayConfig config = desk.file("environments: { production: {} }").read();

        assertThat(config.notices()).singleElement().asString().startsWith("Nothing is set: environment development");
    }

    @Test
    void settings_without_effect_are_listed_however_they_are_set() {
        GatewayConfig config = desk.set("environment", "development")
                .property("gateway.gateway.monitoring.metrics", "enabled")
                .read();

        assertThat(config.notices())
                .containsExactly(
                        "These settings are accepted but without effect in this version: gateway.monitoring.metrics.");
    }

    @Test
    void the_real_properties_and_variables_are_read_when_no_others_are_given() {
        String before = System.setProperty("gateway.modee", "simulated");

        List<String> problems;
        try {
            problems = Desk.problems(GatewayConfig.reader().directory(directory));
        } finally {
            System.clearProperty("gateway.modee");
        }

        assertThat(before).isNull();
        assertThat(problems).anyMatch(problem -> problem.startsWith("gateway.modee (system property)"));
    }
}
