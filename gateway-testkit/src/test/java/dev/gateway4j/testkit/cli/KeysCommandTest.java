package dev.gateway4j.testkit.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.Fingerprint;
import dev.gateway4j.api.Secret;
import dev.gateway4j.api.keys.OpenedKeys;
import dev.gateway4j.api.keys.SealedKeys;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class KeysCommandTest {
    private static final String PASSWORD = "correct horse battery";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> variables = new HashMap<>(Map.of("PW", PASSWORD));
    private final Deque<String> typed = new ArrayDeque<>();
    private final List<String> questions = new ArrayList<>();
    private String piped = "";
    private boolean attended;

    @TempDir
    Path directory;

    private Path file = Path.of("");

    @BeforeEach
    void create() {
        file = directory.resolve("keys.sealed");
        assertThat(run("create", file, "--password-env", "PW")).isZero();
    }

    @Test
    void a_piped_value_is_sealed_and_never_shown() throws Exception {
        assertThat(add("blue", "staging", "sk-test-keyscommand-0001\n", "--upstream", "openai"))
                .isZero();

        assertThat(secret("staging", "blue")).isEqualTo(Secret.of("x", "sk-test-keyscommand-0001"));
        assertThat(out.toString())
                .contains(file + ": blue of staging is sealed")
                .doesNotContain("sk-test", "horse");
        assertThat(Files.readString(file)).doesNotContain("sk-test");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void values_and_passwords_are_asked_for_at_a_terminal() {
        attended = true;
        Path other = directory.resolve("typed.sealed");
        typed.addAll(List.of(PASSWORD, PASSWORD, PASSWORD, "sk-test-keyscommand-0002"));

        assertThat(run("create", other)).isZero();
        assertThat(run("add", other, "blue", "--environment", "staging")).isZero();

        assertThat(questions)
                .containsExactly(
                        "Password for " + other,
                        "Password for " + other + ", once more",
                        "Password of " + other,
                        "Value of blue");
        file = other;
        assertThat(secret("staging", "blue")).isEqualTo(Secret.of("x", "sk-test-keyscommand-0002"));
    }

    @Test
    void two_passwords_that_differ_make_no_file() {
        attended = true;
        typed.addAll(List.of(PASSWORD, "correct horse batterz"));

        assertThat(run("create", directory.resolve("other"))).isEqualTo(2);

        assertThat(directory.resolve("other")).doesNotExist();
        assertThat(err.toString()).isEqualTo("gateway-cli: the two passwords differ; nothing was done\n");
    }

    @Test
    void list_shows_names_without_a_password() {
        add("blue", "staging", "sk-test-keyscommand-0003", "--upstream", "openai");
        add("blue", "production", "sk-test-keyscommand-0004");
        out.getBuffer().setLength(0);

        assertThat(run("list", file)).isZero();

        List<String> lines = out.toString().lines().toList();
        assertThat(lines.get(0)).matches("NAME +ENVIRONMENT +UPSTREAM +SEALED");
        assertThat(lines.get(1)).matches("blue +staging +openai +\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(lines.get(2)).matches("blue +production +- +.*Z");
        assertThat(lines).hasSize(3);
    }

    @Test
    void rotate_gives_a_key_another_value_and_leaves_its_place() {
        add("blue", "staging", "sk-test-keyscommand-0005", "--upstream", "openai");
        add("blue", "production", "sk-test-keyscommand-0006");
        piped = "sk-test-keyscommand-0007";

        assertThat(run("rotate", file, "blue", "--password-env", "PW")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo("gateway-cli: several environments have a key \"blue\"; add --environment"
                        + " staging|production\n");
        assertThat(run("rotate", file, "blue", "--environment", "staging", "--password-env", "PW"))
                .isZero();

        assertThat(secret("staging", "blue")).isEqualTo(Secret.of("x", "sk-test-keyscommand-0007"));
        assertThat(secret("production", "blue")).isEqualTo(Secret.of("x", "sk-test-keyscommand-0006"));
        assertThat(SealedKeys.read(file).keys().get(0).upstream()).contains("openai");
    }

    @Test
    void remove_takes_a_key_out() {
        add("blue", "staging", "sk-test-keyscommand-0008");
        add("green", "staging", "sk-test-keyscommand-0009");

        assertThat(run("remove", file, "blue", "--password-env", "PW")).isZero();
        assertThat(run("remove", file, "blue", "--password-env", "PW")).isEqualTo(2);

        assertThat(SealedKeys.read(file).keys()).singleElement().matches(key -> key.name()
                .equals("green"));
        assertThat(err.toString())
                .isEqualTo("gateway-cli: " + file + " holds no key \"blue\"; see: keys list " + file + "\n");
    }

    @Test
    void reseal_changes_the_password_and_if_asked_what_is_encrypted() throws Exception {
        add("blue", "staging", "sk-test-keyscommand-0010");
        String before = Files.readAllLines(file).get(6);
        Path next = Files.writeString(directory.resolve("next"), "another password\n");

        assertThat(run("reseal", file, "--password-env", "PW", "--new-password-file", next.toString()))
                .isZero();
        assertThat(Files.readAllLines(file).get(6)).isEqualTo(before).contains("blue");
        assertThat(run("remove", file, "blue", "--password-env", "PW")).isEqualTo(1);
        assertThat(err.toString()).contains("cannot be opened: the password is wrong, or");
        assertThat(run(
                        "reseal",
                        file,
                        "--new-data-key",
                        "--password-file",
                        next.toString(),
                        "--new-password-env",
                        "PW"))
                .isZero();

        assertThat(Files.readAllLines(file).get(6)).isNotEqualTo(before);
        assertThat(secret("staging", "blue")).isEqualTo(Secret.of("x", "sk-test-keyscommand-0010"));
    }

    @Test
    void fingerprint_shows_how_the_keys_of_an_environment_are_listed() throws Exception {
        add("blue", "staging", "sk-test-keyscommand-0015");
        add("green", "staging", "sk-test-keyscommand-0016");
        variables.put("FP_KEY", "test-keyscommand-fingerprints");
        Path settings = Files.writeString(directory.resolve("gateway.yaml"), """
                openai:
                  mode: passthrough
                  credentials:
                    sealed_password: "${PW}"
                    fingerprint_key: "${FP_KEY}"
                    keys:
                      - { name: blue, api_key: "sealed:keys.sealed#blue" }
                      - { name: green, api_key: "sealed:keys.sealed#green" }
                """);
        Fingerprint fingerprint = Fingerprint.under(Secret.of("x", "test-keyscommand-fingerprints"));
        out.getBuffer().setLength(0);

        assertThat(run("fingerprint", "--environment", "staging", "--config", settings))
                .isZero();

        assertThat(out.toString().lines())
                .containsExactly(
                        "NAME   FINGERPRINT",
                        "blue   " + fingerprint.of(Secret.of("x", "sk-test-keyscommand-0015")),
                        "green  " + fingerprint.of(Secret.of("x", "sk-test-keyscommand-0016")));
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void fingerprint_says_what_the_settings_lack() throws Exception {
        variables.put("BLUE", "sk-test-keyscommand-0017");
        Path settings = Files.writeString(directory.resolve("gateway.yaml"), """
                openai:
                  mode: passthrough
                  credentials: { api_key: "${BLUE}" }
                """);

        assertThat(run("fingerprint", "--environment", "staging", "--config", settings))
                .isEqualTo(1);
        variables.remove("BLUE");
        assertThat(run("fingerprint", "--environment", "staging", "--config", settings))
                .isEqualTo(1);

        assertThat(err.toString().lines())
                .hasSize(2)
                .anyMatch(line -> line.contains("no openai.credentials.fingerprint_key"))
                .anyMatch(line -> line.contains("${BLUE} is not set"));
    }

    @Test
    void what_is_there_already_is_not_replaced() throws Exception {
        add("blue", "staging", "sk-test-keyscommand-0011");
        String before = Files.readString(file);

        assertThat(add("blue", "staging", "sk-test-keyscommand-0012")).isEqualTo(2);
        assertThat(run("create", file, "--password-env", "PW")).isEqualTo(1);

        assertThat(Files.readString(file)).isEqualTo(before);
        assertThat(err.toString().lines())
                .containsExactly(
                        "gateway-cli: blue of staging is there already; give it another value with: keys rotate",
                        "gateway-cli: " + file + " is there already; choose another name, or change that one");
    }

    @Test
    void wrong_use_is_told_in_a_line_that_shows_no_value() {
        variables.put("SHORT", "short");
        String other = directory.resolve("other").toString();

        assertThat(add("sk-test-keyscommand-0013", "staging", "sk-test-keyscommand-0013"))
                .isEqualTo(2);
        assertThat(add("blue", "staging", "sk-test two words")).isEqualTo(2);
        assertThat(add("blue", "staging", "  \n")).isEqualTo(2);
        assertThat(run("create", other, "--password-env", "SHORT")).isEqualTo(2);
        assertThat(run("create", other, "--password-env", "UNSET")).isEqualTo(2);
        assertThat(run("create", other, "--password-env", "PW", "--password-file", "x"))
                .isEqualTo(2);
        assertThat(run("create", other)).isEqualTo(2);
        assertThat(run("create", other, "--password-file", other)).isEqualTo(1);
        assertThat(run("list", other)).isEqualTo(1);

        assertThat(err.toString()).doesNotContain("sk-test");
        assertThat(err.toString().lines())
                .hasSize(9)
                .allMatch(line -> line.startsWith("gateway-cli: "))
                .anyMatch(line -> line.contains("NAME looks like the value of a key"))
                .anyMatch(line -> line.contains("there is no terminal to ask for the password at; give"
                        + " --password-env NAME or --password-file PATH"))
                .anyMatch(line -> line.endsWith("does not exist; make it with: keys create " + other));
    }

    @Test
    void a_value_cannot_be_an_argument() {
        assertThat(run("add", file, "blue", "sk-test-keyscommand-0014", "--environment", "staging"))
                .isEqualTo(2);
        assertThat(SealedKeys.read(file).keys()).isEmpty();
    }

    private int add(String name, String environment, String value, String... more) {
        piped = value;
        List<Object> arguments =
                new ArrayList<>(List.of("add", file, name, "--environment", environment, "--password-env", "PW"));
        arguments.addAll(List.of(more));
        return run(arguments.toArray());
    }

    private Secret secret(String environment, String name) {
        try (OpenedKeys opened = SealedKeys.read(file).open(PASSWORD.toCharArray())) {
            return opened.secret("x", environment, name, "openai");
        }
    }

    private int run(Object... arguments) {
        List<String> all = new ArrayList<>(List.of("keys"));
        for (Object argument : arguments) {
            all.add(argument.toString());
        }
        return GatewayCli.run(
                List.of(),
                variables::get,
                new TestKeyboard(),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                all.toArray(String[]::new));
    }

    private final class TestKeyboard implements Keyboard {
        @Override
        public Optional<char[]> ask(String question) {
            questions.add(question);
            return Optional.ofNullable(typed.poll()).map(String::toCharArray);
        }

        @Override
        public boolean attended() {
            return attended;
        }

        @Override
        public InputStream piped() {
            return new ByteArrayInputStream(piped.getBytes(UTF_8));
        }
    }
}
