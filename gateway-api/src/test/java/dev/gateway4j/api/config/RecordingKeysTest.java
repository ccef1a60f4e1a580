package dev.gateway4j.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.Secret;
import dev.gateway4j.api.SecretScanner;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where keys come from when something is to be recorded and the settings name none. */
class RecordingKeysTest {
    @TempDir
    Path directory;

    private Desk desk = new Desk(Path.of(""));

    @BeforeEach
    void setUp() {
        desk = new Desk(directory);
    }

    private Desk recording(String mode) {
        return desk.set("mode", mode).set("openai.cassettes.record_missing", "true");
    }

    private Desk azure() {
        return desk.variable("AZURE_OPENAI_API_KEY", "azure-test-blue-0000")
                .variable("AZURE_OPENAI_ENDPOINT", "https://res.openai.azure.com/")
                .variable("OPENAI_API_VERSION", "2024-12-01-preview")
                .variable("AZURE_OPENAI_DEPLOYMENT", "chat-prod");
    }

    @ParameterizedTest
    @ValueSource(strings = {"record", "replay"})
    void the_variable_of_the_environment_comes_first(String mode) {
        recording(mode)
                .variable("OPENAI_API_KEY_DEVELOPMENT", "sk-test-blue-0000")
                .variable("OPENAI_API_KEY", "sk-test-red-0000");

        GatewayConfig config = desk.read();

        assertThat(config.keys()).containsExactly(key("development", "sk-test-blue-0000", "openai"));
        assertThat(config.notices()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"record", "replay"})
    void a_plain_openai_api_key_is_good_enough_and_a_notice_says_so(String mode) {
        recording(mode).variable("OPENAI_API_KEY", "sk-test-red-0000");

        GatewayConfig config = desk.read();

        assertThat(config.keys()).containsExactly(key("development", "sk-test-red-0000", "openai"));
        assertThat(config.notices())
                .containsExactly(
                        "Recording uses the key in OPENAI_API_KEY, since OPENAI_API_KEY_DEVELOPMENT is not set.");
    }

    @Test
    void a_key_that_cannot_be_read_is_missed_aloud_where_replay_records_what_is_missing() {
        recording("replay")
                .file("key", "sk-test-recordingkeys-0001".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .mode("key", "rw-r--r--")
                .set("openai.credentials.api_key", "file:key");

        GatewayConfig config = desk.read();

        assertThat(config.keys()).isEmpty();
        assertThat(config.notices())
                .singleElement()
                .asString()
                .startsWith("Nothing is recorded with key \"development\": openai.credentials.api_key")
                .contains("has mode 0644");
    }

    @Test
    void plain_replay_looks_for_none() {
        desk.set("mode", "replay").variable("OPENAI_API_KEY", "sk-test-red-0000");
        azure();

        GatewayConfig config = desk.read();

        assertThat(config.keys()).isEmpty();
        assertThat(config.upstreams()).containsOnlyKeys("openai");
    }

    @Test
    void azure_of_the_environment_becomes_an_upstream_with_one_deployment_for_every_model() {
        recording("record");
        azure();

        GatewayConfig config = desk.read();

        assertThat(config.upstreams().get("azure"))
                .isEqualTo(new Upstream(
                        "azure",
                        Upstream.Kind.AZURE,
                        URI.create("https://res.openai.azure.com"),
                        Optional.of("2024-12-01-preview"),
                        Map.of("*", "chat-prod"),
                        Upstream.Auth.KEY));
        assertThat(config.keys()).containsExactly(key("azure", "azure-test-blue-0000", "azure"));
    }

    @Test
    void with_a_key_for_each_both_are_there() {
        recording("replay").variable("OPENAI_API_KEY", "sk-test-red-0000");
        azure();

        assertThat(desk.read().keys())
                .containsExactly(
                        key("development", "sk-test-red-0000", "openai"),
                        key("azure", "azure-test-blue-0000", "azure"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"record", "replay"})
    void whatever_azure_lacks_is_said_at_once(String mode) {
        recording(mode).variable("AZURE_OPENAI_API_KEY", "azure-test-blue-0000").variable("OPENAI_API_VERSION", " ");

        String rest = " (environment variable): is required when AZURE_OPENAI_API_KEY is set; set it, or remove"
                + " AZURE_OPENAI_API_KEY";
        assertThat(desk.problems())
                .containsExactly(
                        "AZURE_OPENAI_ENDPOINT" + rest, "OPENAI_API_VERSION" + rest, "AZURE_OPENAI_DEPLOYMENT" + rest);
    }

    @Test
    void an_endpoint_that_is_no_url_is_a_problem() {
        recording("record");
        azure().variable("AZURE_OPENAI_ENDPOINT", "res.openai.azure.com");

        assertThat(desk.problems())
                .containsExactly("AZURE_OPENAI_ENDPOINT (environment variable): \"res.openai.azure.com\" is not an"
                        + " absolute http or https URL; write one such as https://api.openai.com/v1");
    }

    @Test
    void what_the_settings_say_wins_over_variables() {
        recording("record");
        azure();
        desk.file("openai: { credentials: { api_key: \"${BLUE}\" } }").variable("BLUE", "sk-test-blue-0000");

        GatewayConfig config = desk.read();

        assertThat(config.keys()).extracting(UpstreamKey::name).containsExactly("development");
        assertThat(config.upstreams()).containsOnlyKeys("openai");
    }

    @Test
    void an_upstream_of_that_name_is_left_as_it_is() {
        recording("record").variable("OPENAI_API_KEY", "sk-test-red-0000");
        azure();
        desk.file("upstreams: { azure: { base_url: https://mine.example/v1 } }");

        GatewayConfig config = desk.read();

        assertThat(config.upstreams().values())
                .extracting(Upstream::baseUrl)
                .contains(URI.create("https://mine.example/v1"));
        assertThat(config.keys()).extracting(UpstreamKey::name).containsExactly("development");
    }

    @Test
    void without_any_key_recording_starts_only_where_other_hosts_may_be_recorded() {
        recording("record");

        assertThat(desk.problems())
                .containsExactly("OPENAI_API_KEY_DEVELOPMENT (environment variable): is not set; environment"
                        + " \"development\" needs a key in mode record. Set it, OPENAI_API_KEY, AZURE_OPENAI_API_KEY,"
                        + " or openai.credentials.api_key");

        GatewayConfig relaxed = desk.set("isolation_level", "relaxed").read();

        assertThat(relaxed.keys()).isEmpty();
        assertThat(relaxed.notices())
                .containsExactly("No key is there, so nothing of OpenAI's can be recorded. Set"
                        + " OPENAI_API_KEY_DEVELOPMENT or OPENAI_API_KEY.");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "DB_PASSWORD, hunter2-0000, true",
                "db_passwd, 8hQ2!xyzw, true",
                "AWS_SECRET_ACCESS_KEY, wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY, true",
                "GITHUB_TOKEN, ghp_0123456789abcdef, true",
                "MY_CREDENTIALS, user:canary-77, true",
                "DATABASE_KEY_URL, postgres://anna:canary-77@db/x, true",
                "AWS_SECRET_ACCESS_KEY, /JalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEYaa, true",
                "DB_PASSWORD, correcthorsebattery, true",
                "PGPASSWORD, correcthorsebattery, true",
                "CARD_SECRET, 1234567812345678, true",
                "MY_KEY, ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEF, true",
                "GPG_PASSPHRASE, correct-horse-battery, true",
                "GITHUB_PAT, github_pat_0123456789, true",
                "BASIC_AUTH, anna:canary-77, true",
                "AWS_ACCESS_KEY_ID, AKIA" + "TEST0000CANARY00, true",
                "TOKENIZER_MODEL, gpt-4o-mini-2024-07-18, false",
                "TOKENIZER, cl100k_base, false",
                "KEYBOARD, us-intl-2024, false",
                "AUTHOR, anna-2024-01, false",
                "XPATH, canary-0000, false",
                "PWD, /home/anna/work, false",
                "SSH_AUTH_SOCK, /run/user/1000/agent.sock, false",
                "MAX_TOKENS, 1000000000, false",
                "API_AUTH, required, false",
                "PLAIN, ghp_0123456789abcdef, false",
                "TOKEN_TYPE, production, false",
                "TOKEN_KIND, read-only, false",
                "TOKEN_LIMIT, 1000000000, false",
                "KEY_FILE, /etc/tls/server.key, false",
                "KEY_FILE, ./keys/blue.key, false",
                "TOKEN_URL, https://login.example/oauth/token, false",
                "SHORT_KEY, a1b2c3d, false",
                "SPOKEN_PASSWORD, tést-0000-0000, false"
            })
    void variables_that_hold_secrets_are_told_by_their_name_and_their_value(String name, String value, boolean secret) {
        assertThat(KeyLikeVariables.isSecret(name, value)).isEqualTo(secret);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a", "1:", "a-", "a/", "x://"})
    void a_long_value_is_looked_at_without_going_astray(String piece) {
        String value = piece.repeat(4096 / piece.length());

        assertThat(KeyLikeVariables.isSecret("BLUE_KEY", value)).isTrue();
        assertThat(KeyLikeVariables.isSecret("BLUE_KEY", value + "0123456789")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cassette", "generated"})
    void hybrid_knows_them_if_a_rule_replays(String type) {
        String canary = "hvs.canary-hybrid-" + type;
        desk.file("openai: { simulated_responses: [{ endpoint: /v1/embeddings, response_type: " + type + " }] }")
                .set("mode", "hybrid")
                .variable("OPENAI_API_KEY_DEVELOPMENT", "sk-test-red-0000")
                .variable("VAULT_TOKEN", canary);

        desk.read();

        assertThat(SecretScanner.shared()
                        .find(canary.getBytes(StandardCharsets.UTF_8))
                        .isPresent())
                .isEqualTo(type.equals("cassette"));
    }

    @ParameterizedTest
    @CsvSource({
        "record, true, canary-a1",
        "replay, true, canary-b1",
        "replay, false, canary-c1",
        "simulated, true, canary-d1"
    })
    void where_cassettes_are_recorded_or_replayed_they_are_known_to_the_scanner(
            String mode, String missing, String canary) {
        desk.set("mode", mode)
                .set("openai.cassettes.record_missing", missing)
                .variable("OPENAI_API_KEY", "sk-test-red-0000")
                .variable("VAULT_TOKEN", "hvs." + canary);

        desk.read();

        byte[] text = ("prompt hvs." + canary + " end").getBytes(StandardCharsets.UTF_8);
        boolean known = !mode.equals("simulated");
        assertThat(SecretScanner.shared().find(text).map(SecretScanner.Finding::alias))
                .isEqualTo(known ? Optional.of("env VAULT_TOKEN") : Optional.empty());
    }

    private static UpstreamKey key(String name, String secret, String upstream) {
        return new UpstreamKey(
                name, Secret.of(name, secret), upstream, 1, List.of("*"), Optional.empty(), Optional.empty());
    }
}
