package dev.gateway4j.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.Mode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProfilesTest {
    @TempDir
    Path directory;

    private Desk desk = new Desk(Path.of(""));

    @BeforeEach
    void setUp() {
        desk = new Desk(directory);
    }

    @ParameterizedTest
    @CsvSource({
        "development, SIMULATED, VERBOSE, DETAILED",
        "testing, REPLAY, VERBOSE, DETAILED",
        "staging, PASSTHROUGH, VERBOSE, DETAILED",
        "production, PASSTHROUGH, ESSENTIAL, USER_FRIENDLY",
    })
    void a_built_in_environment_needs_no_file(String name, Mode mode, LogLevel logging, ErrorDetail errors) {
        desk.set("environment", name)
                .variable("OPENAI_API_KEY_STAGING", "sk-test-blue-0000")
                .variable("OPENAI_API_KEY_PRODUCTION", "sk-test-blue-0000");

        GatewayConfig config = desk.read();

        assertThat(config.profile().id()).isEqualTo(name);
        assertThat(config.mode()).isEqualTo(mode);
        assertThat(config.logging()).isEqualTo(logging);
        assertThat(config.errors()).isEqualTo(errors);
        assertThat(config.isolation()).isEqualTo(Isolation.STRICT);
        assertThat(config.defaultResponse()).isEqualTo(ResponseType.GENERATED);
        assertThat(config.upstreams()).containsOnlyKeys("openai").containsValue(Upstream.OPENAI);
        assertThat(config.maxBodyBytes()).isEqualTo(32L << 20);
        assertThat(config.maxJsonDepth()).isEqualTo(128);
        assertThat(config.seed()).isZero();
        assertThat(config.latency()).isEqualTo("instant");
        assertThat(config.notices()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"SIMULATED", "HYBRID", "REPLAY", "RECORD"})
    void production_starts_in_no_other_mode_than_passthrough_unless_told(Mode mode) {
        desk.set("environment", "production")
                .property("gateway.mode", mode.id())
                .variable("OPENAI_API_KEY_PRODUCTION", "sk-test-blue-0000");

        List<String> problems = desk.problems();
        GatewayConfig allowed = desk.set("allow_stand_in", "true").read();

        assertThat(problems)
                .containsExactly("gateway.mode (system property): mode " + mode.id() + " is refused by the production"
                        + " profile, which starts in passthrough only; remove it, or set allow_stand_in: true");
        assertThat(allowed.mode()).isEqualTo(mode);
    }

    @Test
    void the_refusal_says_where_in_the_file_the_mode_stands() {
        desk.file("environment: production", "openai:", "  mode: simulated");

        List<String> problems = desk.problems();

        assertThat(problems)
                .containsExactly("openai.mode (gateway.yaml:3): mode simulated is refused by the production profile,"
                        + " which starts in passthrough only; remove it, or set allow_stand_in: true");
    }

    @ParameterizedTest
    @CsvSource({"true, development", "1, testing", "'', staging", "TRUE, mine"})
    void nothing_is_recorded_in_continuous_integration(String ci, String environment) {
        desk.file("environments: { mine: {} }")
                .set("environment", environment)
                .set("openai.credentials.api_key", "${KEY}")
                .variable("KEY", "sk-test-blue-0000")
                .variable("GATEWAY_MODE", "record")
                .variable("CI", ci);

        List<String> problems = desk.problems();

        assertThat(problems)
                .containsExactly("GATEWAY_MODE (environment variable): mode record is refused where the variable CI is"
                        + " set; record elsewhere and replay here, or"
                        + " set openai.cassettes.record_in_ci: true");
    }

    @Test
    void outside_of_continuous_integration_recording_is_fine() {
        desk.set("mode", "record").variable("OPENAI_API_KEY_DEVELOPMENT", "sk-test-blue-0000");

        Mode unset = desk.read().mode();
        Mode off = desk.variable("CI", "False").read().mode();

        assertThat(unset).isEqualTo(Mode.RECORD);
        assertThat(off).isEqualTo(Mode.RECORD);
    }
}
