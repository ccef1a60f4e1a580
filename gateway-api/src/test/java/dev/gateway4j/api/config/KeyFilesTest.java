package dev.gateway4j.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.Secret;
import dev.gateway4j.api.keys.OpenedKeys;
import dev.gateway4j.api.keys.SealedKey;
import dev.gateway4j.api.keys.SealedKeys;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys in files of their own, in key stores and in sealed files. */
class KeyFilesTest {
    private static final String PASSWORD = "open-sesame-0000";
    private static final String PLACE = "openai.credentials.keys[0].api_key (gateway.yaml:4): ";

    @TempDir
    Path directory;

    private Desk desk = new Desk(Path.of(""));

    @BeforeEach
    void setUp() {
        desk = new Desk(directory).set("environment", "staging");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A file of settings with these keys, named k0, k1 and so on, and these lines below {@code credentials}. */
    private Desk keys(List<String> references, String... credentials) {
        StringBuilder file = new StringBuilder("openai:\n  credentials:\n    keys:\n");
        for (int i = 0; i < references.size(); i++) {
            file.append("      - { name: k")
                    .append(i)
                    .append(", api_key: \"")
                    .append(references.get(i))
                    .append("\" }\n");
        }
        for (String line : credentials) {
            file.append("    ").append(line).append('\n');
        }
        return desk.file("gateway.yaml", bytes(file.toString()));
    }

    private static List<Secret> secrets(List<UpstreamKey> keys) {
        return keys.stream().map(UpstreamKey::secret).toList();
    }

    private void keyStore(String name, String alias, String value) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setEntry(
                alias,
                new KeyStore.SecretKeyEntry(new SecretKeySpec(bytes(value), "AES")),
                new KeyStore.PasswordProtection(PASSWORD.toCharArray()));
        desk.file(name, new byte[0]);
        try (OutputStream out = Files.newOutputStream(desk.path(name))) {
            store.store(out, PASSWORD.toCharArray());
        }
    }

    private void sealed(String name, SealedKey key, String value) throws IOException {
        Files.deleteIfExists(desk.path(name));
        SealedKeys.create(PASSWORD.toCharArray()).write(desk.path(name));
        try (OpenedKeys opened = SealedKeys.read(desk.path(name)).open(PASSWORD.toCharArray())) {
            opened.put(key, value.toCharArray()).write(desk.path(name));
        }
    }

    private static SealedKey sealedKey(String name, String environment, Optional<String> upstream) {
        return new SealedKey(name, environment, upstream, Instant.parse("2026-01-01T00:00:00Z"));
    }

    @Test
    void a_key_comes_out_of_a_key_store_and_a_sealed_file() throws Exception {
        keyStore("my#keys.p12", "blue", "sk-test-keyfiles-0001");
        sealed("keys.sealed", sealedKey("green", "staging", Optional.of("openai")), "sk-test-keyfiles-0002");
        desk.file("password", bytes(PASSWORD + "\r\n")).variable("SEALED_PASSWORD", PASSWORD);
        keys(
                List.of("keystore:my#keys.p12#blue", "sealed:keys.sealed#green"),
                "keystore_password: file:password",
                "sealed_password: ${SEALED_PASSWORD}");

        GatewayConfig config = desk.read();

        assertThat(secrets(config.keys()))
                .containsExactly(Secret.of("a", "sk-test-keyfiles-0001"), Secret.of("b", "sk-test-keyfiles-0002"));
        assertThat(config.keys()).extracting(key -> key.secret().alias()).containsExactly("k0", "k1");
        assertThat(config.keyConfig().files().paths())
                .containsExactly(desk.path("my#keys.p12"), desk.path("password"), desk.path("keys.sealed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"open${HOME}canary", "open${canary-", "${NO_SUCH_CANARY}x", "open$${}"})
    void a_password_is_taken_as_it_is(String password) throws Exception {
        SealedKeys.create(password.toCharArray()).write(desk.path("keys.sealed"));
        try (OpenedKeys opened = SealedKeys.read(desk.path("keys.sealed")).open(password.toCharArray())) {
            opened.put(sealedKey("blue", "staging", Optional.empty()), "sk-${HOME}-keyfiles-0003".toCharArray())
                    .write(desk.path("keys.sealed"));
        }
        keys(List.of("sealed:keys.sealed#blue", "${KEY}"), "sealed_password: ${SEALED_PASSWORD}")
                .variable("SEALED_PASSWORD", password)
                .variable("KEY", "sk-${HOME}-keyfiles-0004")
                .variable("HOME", "/home/blue");

        List<UpstreamKey> keys = desk.read().keys();

        assertThat(secrets(keys))
                .containsExactly(
                        Secret.of("a", "sk-${HOME}-keyfiles-0003"), Secret.of("b", "sk-${HOME}-keyfiles-0004"));
    }

    @Test
    void a_password_given_as_a_variable_is_not_a_literal() throws Exception {
        keyStore("keys.p12", "blue", "sk-test-keyfiles-0001");
        keys(List.of("keystore:keys.p12#blue")).variable("GATEWAY_OPENAI_CREDENTIALS_KEYSTORE_PASSWORD", PASSWORD);

        List<UpstreamKey> keys = desk.read().keys();

        assertThat(keys).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hunter2-canary", "keystore:a#canary", "sealed:a#canary", "${X:canary}"})
    void a_literal_password_is_refused_and_not_shown(String literal) {
        keys(List.of("sealed:keys.sealed#blue"), "sealed_password: \"" + literal + "\"");

        List<String> problems = desk.problems();

        assertThat(problems)
                .anyMatch(problem -> problem.startsWith("openai.credentials.sealed_password (gateway.yaml:5): "))
                .noneMatch(problem -> problem.contains("canary"));
    }

    @Test
    void what_is_wrong_with_a_key_store_is_said_for_each_key() throws Exception {
        keyStore("keys.p12", "blue", "sk-test-keyfiles-0001");
        sealed("keys.sealed", sealedKey("green", "production", Optional.empty()), "sk-test-keyfiles-0002");
        desk.file("text.p12", bytes("no key store")).variable("RIGHT", PASSWORD);
        keys(
                List.of(
                        "keystore:keys.p12#red",
                        "keystore:text.p12#blue",
                        "keystore:none.p12#blue",
                        "sealed:keys.sealed#green",
                        "sealed:text.p12#green"),
                "keystore_password: ${RIGHT}",
                "sealed_password: ${RIGHT}");

        List<String> problems = desk.problems();

        assertThat(problems).hasSize(5);
        assertThat(problems.get(0)).contains("keys.p12 holds no secret key \"red\"; it holds blue");
        assertThat(problems.get(1)).contains("text.p12 is no PKCS12 key store");
        assertThat(problems.get(2)).contains("\"keystore:none.p12#blue\" cannot be read");
        assertThat(problems.get(3))
                .contains("holds no key \"green\" for environment \"staging\"; one of that name is for \"production\"");
        assertThat(problems.get(4)).contains("text.p12 cannot be opened");
    }

    @Test
    void a_wrong_or_missing_password_is_explained_and_not_shown() throws Exception {
        keyStore("keys.p12", "blue", "sk-test-keyfiles-0001");
        sealed("keys.sealed", sealedKey("green", "staging", Optional.empty()), "sk-test-keyfiles-0002");
        desk.variable("WRONG", "canary-0000");
        List<String> both = List.of("keystore:keys.p12#blue", "sealed:keys.sealed#green");

        List<String> wrong = keys(both, "keystore_password: ${WRONG}", "sealed_password: ${WRONG}")
                .problems();
        List<String> unset = keys(both, "keystore_password: ${NONE}", "sealed_password: \"file:none\"")
                .problems();
        List<String> missing = keys(both).problems();

        assertThat(wrong)
                .hasSize(2)
                .allMatch(problem -> problem.contains("cannot be opened: the password is wrong"))
                .noneMatch(problem -> problem.contains("canary"));
        assertThat(unset)
                .containsExactly(
                        PLACE + "needs openai.credentials.keystore_password, and ${NONE} is not set; set the"
                                + " environment variable NONE",
                        "openai.credentials.keys[1].api_key (gateway.yaml:5): needs openai.credentials.sealed_password,"
                                + " and \"file:none\" cannot be read; put the key into that file, readable for this"
                                + " user");
        assertThat(missing)
                .containsExactly(
                        PLACE + "needs openai.credentials.keystore_password; write ${NAME} or file:PATH there",
                        "openai.credentials.keys[1].api_key (gateway.yaml:5): needs"
                                + " openai.credentials.sealed_password; write ${NAME} or file:PATH there");
    }

    @Test
    void a_sealed_key_of_another_upstream_is_refused() throws IOException {
        sealed("keys.sealed", sealedKey("green", "staging", Optional.of("azure")), "sk-test-keyfiles-0002");
        keys(List.of("sealed:keys.sealed#green"), "sealed_password: ${RIGHT}").variable("RIGHT", PASSWORD);

        List<String> problems = desk.problems();

        assertThat(problems).singleElement().asString().contains("is sealed for upstream \"azure\"");
    }

    @Test
    void in_a_mode_that_reaches_no_upstream_what_is_not_there_is_left_out() {
        desk.file("open", bytes("sk-test-keyfiles-0003")).mode("open", "rw-r--r--");
        keys(
                List.of("keystore:none.p12#blue", "sealed:none#green", "file:none", "file:open"),
                "keystore_password: ${NONE}",
                "sealed_password: ${NONE}");

        List<UpstreamKey> keys = desk.set("mode", "simulated").read().keys();

        assertThat(keys).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "rw-------, true",
        "r--------, true",
        "r--r-----, true",
        "rwxr-x---, true",
        "rw-r--r--, false",
        "rw-rw----, false",
        "r-----r--, false",
        "r------w-, false",
    })
    void a_file_that_others_can_read_or_change_is_refused(String mode, boolean fine) {
        desk.file("blue.key", bytes("sk-test-keyfiles-0004\n")).mode("blue.key", mode);
        keys(List.of("file:blue.key"));

        List<String> problems = desk.problems();
        List<UpstreamKey> unchecked = desk.set("openai.credentials.file_permissions", "unchecked")
                .read()
                .keys();

        assertThat(problems.isEmpty()).isEqualTo(fine);
        assertThat(unchecked).hasSize(1);
    }

    @Test
    void the_mode_and_the_way_out_are_named() {
        desk.file("blue.key", bytes("sk-test-keyfiles-0004")).mode("blue.key", "rw-r--r--");
        keys(List.of("file:blue.key"));

        List<String> problems = desk.problems();

        assertThat(problems)
                .containsExactly(PLACE + "\"file:blue.key\" has mode 0644, so that others can read or change it; chmod"
                        + " 600 it (in Kubernetes: defaultMode: 0440), or set openai.credentials.file_permissions:"
                        + " unchecked");
    }

    @Test
    void key_stores_sealed_files_and_files_of_passwords_are_checked_too() throws Exception {
        keyStore("keys.p12", "blue", "sk-test-keyfiles-0001");
        sealed("keys.sealed", sealedKey("green", "staging", Optional.empty()), "sk-test-keyfiles-0002");
        keyStore("mine.p12", "blue", "sk-test-keyfiles-0001");
        desk.file("password", bytes(PASSWORD))
                .mode("password", "rw-rw-rw-")
                .mode("keys.p12", "rw-r-----")
                .mode("keys.sealed", "rwxrwxrwx")
                .mode("mine.p12", "rwxr-xr-x");
        keys(
                List.of("keystore:keys.p12#blue", "sealed:keys.sealed#green", "keystore:mine.p12#blue"),
                "keystore_password: file:password",
                "sealed_password: file:password");

        List<String> problems = desk.problems();

        assertThat(problems).hasSize(3);
        assertThat(problems.get(0)).contains("and \"file:password\" has mode 0666");
        assertThat(problems.get(1)).contains("\"sealed:keys.sealed#green\" has mode 0777");
        assertThat(problems.get(2)).contains("\"keystore:mine.p12#blue\" has mode 0755");
    }

    @Test
    void of_a_link_the_file_counts() {
        desk.file("data/blue.key", bytes("sk-test-keyfiles-0005"))
                .link("blue.key", "data/blue.key")
                .link("dangling.key", "data/none.key");

        List<UpstreamKey> fine = keys(List.of("file:blue.key")).read().keys();
        List<Path> paths = desk.read().keyConfig().files().paths();
        List<String> open = desk.mode("data/blue.key", "rw-r--r--").problems();
        List<String> dangling = keys(List.of("file:dangling.key")).problems();

        assertThat(fine).hasSize(1);
        assertThat(paths).containsExactly(desk.path("blue.key"));
        assertThat(open).singleElement().asString().contains("has mode 0644");
        assertThat(dangling).singleElement().asString().contains("cannot be read");
    }

    @Test
    void what_is_no_file_with_a_key_is_refused() {
        desk.directory("keys")
                .file("huge", new byte[64 * 1024 + 1])
                .file("empty", new byte[0])
                .file("binary", new byte[] {0, 1, 2, 3, 4, 5, 6, 7, (byte) 0xff, (byte) 0xfe})
                .file("two", bytes("sk-test-keyfiles-0006\nsk-test-keyfiles-canary"));
        keys(List.of(
                "file:keys", "file:huge", "file:empty", "file:binary", "file:two", "file:/dev/null", "file:a\\0b"));

        List<String> problems = desk.problems();

        assertThat(problems).hasSize(7).noneMatch(problem -> problem.contains("canary"));
        assertThat(problems.get(0)).contains("\"file:keys\" is a directory; name the file in it");
        assertThat(problems.get(1)).contains("\"file:huge\" is larger than 64 KB; it is no key");
        assertThat(problems.get(2)).contains("what file:empty refers to is empty");
        assertThat(problems.get(3)).contains("holds a character at position 0 that cannot stand in a header");
        assertThat(problems.get(4)).contains("holds a character at position 21 that cannot stand in a header");
        assertThat(problems.get(5)).contains("\"file:/dev/null\" is no regular file");
        assertThat(problems.get(6)).contains("cannot be read");
    }

    @Test
    void keys_are_read_again_as_they_are_now() {
        desk.file("blue.key", bytes("sk-test-keyfiles-0007")).file("green.key", bytes("sk-test-keyfiles-0008"));
        keys(List.of("file:blue.key", "file:green.key", "${RED}")).variable("RED", "sk-test-keyfiles-0009");
        GatewayConfig config = desk.read();

        desk.file("blue.key", bytes("sk-test-keyfiles-0010"));
        List<UpstreamKey> again = config.keyConfig().files().read();

        assertThat(secrets(again))
                .containsExactly(
                        Secret.of("a", "sk-test-keyfiles-0010"),
                        Secret.of("b", "sk-test-keyfiles-0008"),
                        Secret.of("c", "sk-test-keyfiles-0009"));
        assertThat(config.keyConfig().files().paths()).containsExactly(desk.path("blue.key"), desk.path("green.key"));
    }

    @Test
    void a_sealed_file_is_opened_again_with_the_password_as_it_is_now() throws IOException {
        sealed("keys.sealed", sealedKey("green", "staging", Optional.empty()), "sk-test-keyfiles-0011");
        desk.file("password", bytes(PASSWORD));
        keys(List.of("sealed:keys.sealed#green"), "sealed_password: file:password");
        KeyFiles files = desk.read().keyConfig().files();

        try (OpenedKeys opened = SealedKeys.read(desk.path("keys.sealed")).open(PASSWORD.toCharArray())) {
            opened.reseal("another-password-0000".toCharArray()).write(desk.path("keys.sealed"));
        }
        List<String> halfway = problems(files);
        desk.file("password", bytes("another-password-0000"));

        assertThat(halfway).singleElement().asString().contains("the password is wrong");
        assertThat(secrets(files.read())).containsExactly(Secret.of("a", "sk-test-keyfiles-0011"));
    }

    @Test
    void if_one_cannot_be_read_again_none_is() throws IOException {
        desk.file("blue.key", bytes("sk-test-keyfiles-0007")).file("green.key", bytes("sk-test-keyfiles-0008"));
        keys(List.of("file:blue.key", "file:green.key"));
        KeyFiles files = desk.read().keyConfig().files();

        Files.delete(desk.path("blue.key"));
        desk.file("green.key", bytes("sk"));
        List<String> problems = problems(files);

        assertThat(problems).hasSize(2);
        assertThat(problems.get(0)).startsWith(PLACE + "\"file:blue.key\" cannot be read");
        assertThat(problems.get(1)).contains("secret \"k1\" has 2 characters");
    }

    @Test
    void where_a_key_may_be_missing_at_the_start_it_may_not_go_missing_later() throws IOException {
        desk.file("blue.key", bytes("sk-test-keyfiles-0007"));
        keys(List.of("file:blue.key", "file:green.key")).set("mode", "replay");
        KeyFiles files = desk.read().keyConfig().files();

        List<UpstreamKey> same = files.read();
        Files.delete(desk.path("blue.key"));
        List<String> problems = problems(files);

        assertThat(secrets(same)).containsExactly(Secret.of("a", "sk-test-keyfiles-0007"));
        assertThat(problems)
                .containsExactly("openai.credentials (gateway.yaml:2): no longer yields k0; put the value back where"
                        + " it was");
    }

    @Test
    void keys_in_variables_leave_nothing_to_read_again() {
        keys(List.of("${RED}")).variable("RED", "sk-test-keyfiles-0009");

        KeyConfig config = desk.read().keyConfig();

        assertThat(config).isEqualTo(KeyConfig.defaults());
    }

    private static List<String> problems(KeyFiles files) {
        GatewayConfigException failure = Assertions.catchThrowableOfType(GatewayConfigException.class, files::read);
        return failure.problems().stream().map(ConfigProblem::toString).toList();
    }
}
