package dev.gateway4j.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.Fingerprint;
import dev.gateway4j.api.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys of one environment are refused in the others. */
class ForeignKeysTest {
    private static final String PRODUCTION = "sk-test-foreignkeys-0001";
    private static final String STAGING = "sk-test-foreignkeys-0002";
    private static final String KEY = "fingerprints-foreignkeys";
    private static final String REFUSED = "leads to a key of environment \"production\", which must not be used in"
            + " \"staging\"; put a key of \"staging\" there";

    @TempDir
    Path directory;

    private Desk desk = new Desk(Path.of(""));

    @BeforeEach
    void setUp() {
        desk = new Desk(directory)
                .set("environment", "staging")
                .variable("OPENAI_API_KEY_STAGING", STAGING)
                .variable("FINGERPRINTS", KEY);
    }

    private static String fingerprint(String value) {
        return Fingerprint.under(Secret.of("key", KEY)).of(Secret.of("value", value));
    }

    private static final String[] LISTED = {
        "openai: { credentials: { fingerprint_key: \"${FINGERPRINTS}\" } }",
        "key_fingerprints:",
        "  production: [ " + fingerprint(PRODUCTION) + " ]",
        "  staging: [ " + fingerprint(STAGING).toUpperCase(java.util.Locale.ROOT) + " ]"
    };

    @Test
    void a_key_whose_fingerprint_is_listed_under_another_environment_is_refused() {
        desk.file(LISTED);

        List<UpstreamKey> own = desk.read().keys();
        List<String> problems =
                desk.variable("OPENAI_API_KEY_STAGING", PRODUCTION).problems();

        assertThat(own).hasSize(1);
        assertThat(problems).containsExactly("OPENAI_API_KEY_STAGING (environment variable): " + REFUSED);
    }

    @Test
    void production_does_not_take_the_key_of_staging_either() {
        desk.file(LISTED).set("environment", "production").variable("OPENAI_API_KEY_PRODUCTION", STAGING);

        List<String> problems = desk.problems();

        assertThat(problems).singleElement().asString().contains("leads to a key of environment \"staging\"");
    }

    @Test
    void keys_from_elsewhere_can_be_recognised() {
        desk.file(LISTED);

        GatewayConfig config = desk.reader().keysComeFromElsewhere().read();
        ForbiddenKeys forbidden = config.keyConfig().forbidden();

        assertThat(config.keys()).isEmpty();
        assertThat(forbidden.environmentOf(Secret.of("a", PRODUCTION))).contains("production");
        assertThat(forbidden.environmentOf(Secret.of("b", STAGING))).isEmpty();
        assertThat(forbidden.toString()).isEqualTo("ForbiddenKeys[1 by fingerprint, 0 by value]");
    }

    @Test
    void a_sandbox_block_can_list_fingerprints() {
        desk = new Desk(directory)
                .file(
                        "sandbox:",
                        "  openai: { mode: passthrough, credentials: { api_key: \"${K}\", fingerprint_key: \"${F}\" } }",
                        "  key_fingerprints: { production: [ " + fingerprint(PRODUCTION) + " ] }")
                .variable("K", PRODUCTION)
                .variable("F", KEY);

        List<String> problems = desk.problems();

        assertThat(problems)
                .containsExactly("sandbox.openai.credentials.api_key (gateway.yaml:2): leads to a key of environment"
                        + " \"production\", which must not be used in \"development\"; put a key of \"development\""
                        + " there");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"3f9a0c41d27be65", "3f9a0c41d27be6588", "3f9a0c41d27be65g", "sk-test-foreignkeys-0001", "''"})
    void a_fingerprint_has_16_hexadecimal_digits(String wrong) {
        desk.file("key_fingerprints: { production: [ " + wrong + " ] }");

        List<String> problems = desk.problems();

        assertThat(problems)
                .anyMatch(problem -> problem.startsWith("key_fingerprints.production[0] (gateway.yaml:1): ")
                        && problem.contains("16 hexadecimal digits"))
                .noneMatch(problem -> problem.contains(PRODUCTION));
    }

    @Test
    void fingerprints_need_a_key_where_a_key_can_be_used() {
        String[] listed = {"key_fingerprints: { production: [ " + fingerprint(PRODUCTION) + " ] }"};
        desk.file(listed);

        List<String> none = desk.problems();
        List<String> simulated = new Desk(directory)
                .set("mode", "simulated")
                .set("environment", "staging")
                .problems();
        List<String> unset =
                desk.set("openai.credentials.fingerprint_key", "${NONE}").problems();
        List<String> small = desk.set("openai.credentials.fingerprint_key", "${SHORT}")
                .variable("SHORT", "canary-0000")
                .problems();

        assertThat(none)
                .containsExactly("key_fingerprints (gateway.yaml:1): cannot be compared without"
                        + " openai.credentials.fingerprint_key; write ${NAME} or file:PATH there");
        assertThat(simulated).isEmpty();
        assertThat(unset)
                .containsExactly("openai.credentials.fingerprint_key (builder): ${NONE} is not set; set the environment"
                        + " variable NONE");
        assertThat(small)
                .containsExactly("openai.credentials.fingerprint_key (builder): the key of the fingerprints has 11"
                        + " characters; it needs at least 16");
    }

    @Test
    void a_fingerprint_belongs_to_one_environment() {
        desk.file(
                "openai: { credentials: { fingerprint_key: \"${FINGERPRINTS}\" } }",
                "key_fingerprints:",
                "  production: [ " + fingerprint(STAGING) + ", " + fingerprint(STAGING) + " ]",
                "  staging: [ " + fingerprint(STAGING) + " ]");

        List<String> problems = desk.problems();

        assertThat(problems)
                .contains("key_fingerprints.staging[0] (gateway.yaml:4): stands under \"production\" too; a key belongs"
                        + " to one environment, so remove one");
    }

    @Test
    void without_any_list_the_keys_of_production_in_the_same_file_are_refused() {
        desk.file("prod.key", PRODUCTION.getBytes(StandardCharsets.UTF_8))
                .mode("prod.key", "r--r--r--")
                .file(
                        "environments:",
                        "  production: { openai: { credentials: { keys: [ { name: red, api_key: \"file:prod.key\" },",
                        "    { name: blue, api_key: \"${NOT_HERE}\" } ] } } }",
                        "  live-eu: { profile: \"${NO_SUCH:production}\", openai: { credentials: { api_key: \"${EU}\" } } }",
                        "  staging: { openai: { credentials: { keys: [ { name: a, api_key: \"${A}\" },",
                        "    { name: b, api_key: \"${B}\" }, { name: c, api_key: \"${OPENAI_API_KEY_STAGING}\" } ] } } }")
                .variable("A", PRODUCTION)
                .variable("EU", "sk-test-foreignkeys-0003")
                .variable("B", "sk-test-foreignkeys-0003");

        List<String> problems = desk.problems();

        assertThat(problems)
                .containsExactly(
                        "environments.staging.openai.credentials.keys[0].api_key (gateway.yaml:5): " + REFUSED,
                        "environments.staging.openai.credentials.keys[1].api_key (gateway.yaml:6): "
                                + REFUSED.replace("production", "live-eu"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "base_url: \"http://vllm:8000/v1\", auth: none",
                "base_url: \"http://localhost:8000/v1\"",
                "base_url: \"http://127.0.0.1:8000/v1\"",
                "base_url: \"http://[::1]:8000/v1\""
            })
    void what_a_local_server_is_given_for_a_key_is_nobodys(String upstream) {
        String key = "{ name: local, upstream: local, api_key: \"${LOCAL}\" }";
        desk.file(
                        "upstreams: { local: { " + upstream + " } }",
                        "environments:",
                        "  production: { openai: { credentials: { keys: [ " + key + " ] } } }",
                        "  staging: { openai: { credentials: { keys: [ " + key + " ] } } }")
                .variable("LOCAL", "not-needed-foreignkeys");

        List<UpstreamKey> keys = desk.read().keys();

        assertThat(keys).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "EMPTY", "ollama"})
    void short_words_are_nobodys_key(String word) {
        String key = "{ name: far, upstream: far, api_key: \"${FAR}\" }";
        desk.file(
                        "upstreams: { far: { base_url: \"http://ollama:8000/v1\" } }",
                        "environments:",
                        "  production: { openai: { credentials: { keys: [ " + key + " ] } } }",
                        "  staging: { openai: { credentials: { keys: [ " + key + " ] } } }")
                .variable("FAR", word);

        List<UpstreamKey> keys = desk.read().keys();

        assertThat(keys).hasSize(1);
    }

    @Test
    void a_shared_key_is_productions_and_nobody_elses() {
        desk.file(
                        "openai: { credentials: { api_key: \"${OPENAI_API_KEY}\" } }",
                        "environments: { production: {}, live-eu: { profile: production }, staging: {} }")
                .variable("OPENAI_API_KEY", PRODUCTION);

        List<String> staging = desk.problems();
        List<UpstreamKey> production =
                desk.set("environment", "production").read().keys();
        List<UpstreamKey> europe = desk.set("environment", "live-eu").read().keys();

        assertThat(staging).containsExactly("openai.credentials.api_key (gateway.yaml:1): " + REFUSED);
        assertThat(production).hasSize(1);
        assertThat(europe).hasSize(1);
    }

    @Test
    void so_is_the_variable_that_carries_the_name_of_production() {
        desk.file("environments: { production: {}, staging: {} }").variable("OPENAI_API_KEY_PRODUCTION", STAGING);

        List<String> problems = desk.problems();

        assertThat(problems).containsExactly("OPENAI_API_KEY_STAGING (environment variable): " + REFUSED);
    }

    @Test
    void a_key_of_production_that_rotates_in_is_refused() {
        desk.file("staging.key", STAGING.getBytes(StandardCharsets.UTF_8))
                .file(
                        "environments:",
                        "  production: { openai: { credentials: { api_key: \"${PROD}\" } } }",
                        "  staging: { openai: { credentials: { api_key: \"file:staging.key\" } } }")
                .variable("PROD", PRODUCTION);
        KeyFiles files = desk.read().keyConfig().files();

        desk.file("staging.key", PRODUCTION.getBytes(StandardCharsets.UTF_8));
        GatewayConfigException failure =
                org.assertj.core.api.Assertions.catchThrowableOfType(GatewayConfigException.class, files::read);

        assertThat(failure).hasMessageContaining(REFUSED).message().doesNotContain(PRODUCTION);
    }

    @Test
    void no_value_is_in_any_text() {
        desk.file(LISTED);
        List<String> problems =
                desk.variable("OPENAI_API_KEY_STAGING", PRODUCTION).problems();
        String config = desk.variable("OPENAI_API_KEY_STAGING", STAGING).read().toString();

        assertThat(problems).isNotEmpty().noneMatch(problem -> problem.contains(PRODUCTION) || problem.contains(KEY));
        assertThat(config).doesNotContain(PRODUCTION, STAGING, KEY);
    }
}
