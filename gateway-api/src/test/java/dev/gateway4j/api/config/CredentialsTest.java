package dev.gateway4j.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
    private static final String LITERAL =
            "; put it into an environment variable and write ${NAME}, or into a file and write file:NAME";

    @TempDir
    Path directory;

    private Desk desk = new Desk(Path.of(""));

    @BeforeEach
    void setUp() {
        desk = new Desk(directory);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void with_no_key_configured_the_variable_of_the_environment_is_used() {
        desk.set("environment", "staging")
                .set("openai.credentials.organization", "org-test")
                .variable("OPENAI_API_KEY_STAGING", " sk-test-blue-0000\n")
                .variable("OPENAI_API_KEY", "sk-test-red-0000");

        List<UpstreamKey> keys = desk.read().keys();

        assertThat(keys)
                .containsExactly(new UpstreamKey(
                        "staging",
                        dev.gateway4j.api.Secret.of("staging", "sk-test-blue-0000"),
                        "openai",
                        1,
                        List.of("*"),
                        Optional.of("org-test"),
                        Optional.empty()));
    }

    @Test
    void a_plain_openai_api_key_is_never_used() {
        desk.file("environments: { my-demo: {} }")
                .set("environment", "my-demo")
                .variable("OPENAI_API_KEY", "sk-test-red-0000");

        List<String> problems = desk.problems();

        assertThat(problems)
                .containsExactly("OPENAI_API_KEY_MY_DEMO (environment variable): is not set; environment \"my-demo\""
                        + " needs a key in mode passthrough. Set it, or openai.credentials.api_key");
    }

    @Test
    void an_upstream_without_authentication_needs_no_key() {
        desk.set("environment", "staging")
                .property("gateway.upstreams.openai.auth", "none")
                .property("gateway.upstreams.openai.base_url", "http://localhost:8080/v1");

        List<UpstreamKey> keys = desk.read().keys();

        assertThat(keys).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"simulated", "replay"})
    void in_stand_in_modes_a_key_that_is_not_there_is_left_out(String mode) {
        desk.file(
                        "openai:",
                        "  credentials:",
                        "    keys:",
                        "      - { name: blue, api_key: \"${BLUE}\" }",
                        "      - { name: green, api_key: \"${GREEN}\" }",
                        "      - { name: red, api_key: \"file:no-such-file\" }")
                .variable("GREEN", "sk-test-green-0000")
                .variable("OPENAI_API_KEY_DEVELOPMENT", "sk-test-blue-0000")
                .set("mode", mode);

        List<UpstreamKey> keys = desk.read().keys();

        assertThat(keys).extracting(UpstreamKey::name).containsExactly("green");
    }

    @ParameterizedTest
    @ValueSource(strings = {"passthrough", "hybrid", "record"})
    void in_the_other_modes_it_is_a_problem(String mode) {
        desk.file(
                        "openai:",
                        "  credentials:",
                        "    keys:",
                        "      - { name: blue, api_key: \"${BLUE}\" }",
                        "      - { name: green, api_key: \"${GREEN}\" }",
                        "      - { name: red, api_key: \"file:no-such-file\" }",
                        "      - { name: grey, api_key: \"file:empty\" }",
                        "      - { name: tiny, api_key: \"${TINY}\" }",
                        "      - { name: odd, api_key: \"${ODD}\" }")
                .file("empty", bytes("\n"))
                .variable("GREEN", "")
                .variable("TINY", "abc")
                .variable("ODD", "sk-tést-0000")
                .set("mode", mode);

        List<String> problems = desk.problems();

        assertThat(problems)
                .containsExactly(
                        "openai.credentials.keys[0].api_key (gateway.yaml:4): ${BLUE} is not set; set the environment"
                                + " variable BLUE",
                        "openai.credentials.keys[1].api_key (gateway.yaml:5): what ${GREEN} refers to is empty; put"
                                + " the key there",
                        "openai.credentials.keys[2].api_key (gateway.yaml:6): \"file:no-such-file\" cannot be read;"
                                + " put the key into that file, readable for this user",
                        "openai.credentials.keys[3].api_key (gateway.yaml:7): what file:empty refers to is empty; put"
                                + " the key there",
                        "openai.credentials.keys[4].api_key (gateway.yaml:8): secret \"tiny\" has 3 characters; it"
                                + " needs 4 to 4096",
                        "openai.credentials.keys[5].api_key (gateway.yaml:9): secret \"odd\" holds a character at"
                                + " position 4 that cannot stand in a header; use visible ASCII");
    }

    @Test
    void a_file_with_a_key_lies_relative_to_the_file_that_names_it() {
        desk.file("conf/gateway.yaml", bytes("openai: { credentials: { api_key: \"file:keys/${WHICH}.key\" } }"))
                .file("conf/keys/blue.key", bytes("  sk-test-blue-0000\r\n"))
                .variable("WHICH", "blue")
                .set("config", "conf/gateway.yaml");

        List<UpstreamKey> keys = desk.read().keys();

        assertThat(keys).extracting(key -> key.secret().reveal()).containsExactly("sk-test-blue-0000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-canary-0000",
                "canary",
                "${KEY:sk-canary-0000}",
                "sk-canary-${KEY}",
                "${KEY}canary",
                "${canary KEY}",
                "FILE:canary"
            })
    void a_literal_secret_is_refused_and_never_shown(String literal) {
        desk.file("openai: { credentials: { api_key: \"" + literal + "\" } }").set("mode", "passthrough");

        List<String> inFile = desk.problems();
        List<String> inBuilder = new Desk(directory.resolve("none"))
                .set("openai.credentials.api_key", literal)
                .problems();
        List<String> inProperty = new Desk(directory.resolve("none"))
                .property("gateway.openai.credentials.api_key", literal)
                .problems();

        assertThat(inFile)
                .containsExactly(
                        "openai.credentials.api_key (gateway.yaml:1): a literal secret stands in the file" + LITERAL);
        assertThat(inBuilder)
                .containsExactly(
                        "openai.credentials.api_key (builder): a literal secret stands in the builder" + LITERAL);
        assertThat(inProperty)
                .containsExactly("gateway.openai.credentials.api_key (system property): a literal secret stands in a"
                        + " system property" + LITERAL);
    }

    @Test
    void a_literal_secret_of_another_environment_is_refused_too() {
        desk.file("environments: { production: { openai: { credentials: { api_key: sk-canary-0000 } } } }");

        List<String> problems = desk.problems();

        assertThat(problems)
                .containsExactly("environments.production.openai.credentials.api_key (gateway.yaml:1): a literal secret"
                        + " stands in the file" + LITERAL);
    }

    @ParameterizedTest
    @CsvSource({
        "keystore:gateway.p12, does not name a file and an entry in it; write keystore:PATH#ALIAS",
        "keystore:gateway.p12#, does not name a file and an entry in it; write keystore:PATH#ALIAS",
        "'keystore: # ', does not name a file and an entry in it; write keystore:PATH#ALIAS",
        "'keystore:  #green', does not name a file and an entry in it; write keystore:PATH#ALIAS",
        "sealed:keys.sealed, does not name a file and an entry in it; write sealed:PATH#NAME",
        "sealed:#green, does not name a file and an entry in it; write sealed:PATH#NAME",
        "'', 'is empty; write ${NAME} or file:NAME, or remove it'",
    })
    void other_forms_are_explained(String form, String problem) {
        desk.file("openai: { credentials: { api_key: \"" + form + "\" } }");

        List<String> problems = desk.problems();

        assertThat(problems).containsExactly("openai.credentials.api_key (gateway.yaml:1): " + problem);
    }

    @Test
    void a_key_given_as_a_variable_is_not_a_literal() {
        desk.variable("GATEWAY_OPENAI_CREDENTIALS_API_KEY", "sk-test-blue-0000").set("mode", "passthrough");

        List<UpstreamKey> keys = desk.read().keys();

        assertThat(keys).extracting(key -> key.secret().reveal()).containsExactly("sk-test-blue-0000");
    }

    @Test
    void keys_have_a_name_a_secret_and_an_upstream_that_exists() {
        desk.file(
                        "openai:",
                        "  mode: passthrough",
                        "  credentials:",
                        "    api_key: ${BLUE}",
                        "    keys:",
                        "      - { api_key: \"${BLUE}\" }",
                        "      - { name: green }",
                        "      - { name: grey, api_key: \"${BLUE}\", upstream: azure }")
                .variable("BLUE", "sk-test-blue-0000");

        List<String> problems = desk.problems();

        assertThat(problems)
                .containsExactly(
                        "openai.credentials.api_key (gateway.yaml:4): stands beside keys; write either one api_key or"
                                + " the list, with this key in it",
                        "openai.credentials.keys[0] (gateway.yaml:6): has no name; reports and logs call the key by"
                                + " it",
                        "openai.credentials.keys[1] (gateway.yaml:7): has no api_key; write ${NAME} or file:NAME",
                        "openai.credentials.keys[2].upstream (gateway.yaml:8): \"azure\" is not an upstream; known"
                                + " here: openai");
    }

    @Test
    void no_secret_is_in_the_text_of_the_settings() {
        desk.set("environment", "staging").variable("OPENAI_API_KEY_STAGING", "sk-test-canary-0000");

        String text = desk.read().toString();

        assertThat(text).contains("Secret[alias=staging]").doesNotContain("canary");
    }
}
