package dev.gateway4j.api.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateway4j.api.Secret;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes out of a sealed file, and how it is written. */
class SealedKeysTest {
    private static final Instant NOW = Instant.parse("2026-03-01T09:30:00.5Z");
    private static final SealedKey BLUE = key("blue", "staging", Optional.of("openai"));
    private static final SealedKey GREEN = key("green", "staging", Optional.empty());
    private static final SealedKey LIVE = key("blue", "production", Optional.empty());

    private final CachedDerivation derivation = new CachedDerivation();
    private final char[] password = "correct horse battery".toCharArray();

    @TempDir
    private Path directory;

    private Path file = Path.of("");

    @BeforeEach
    void seal() {
        file = directory.resolve("keys.sealed");
        SealedKeys keys = SealedKeys.create(password, Derivation.MIN_ITERATIONS, derivation);
        keys = with(keys, BLUE, "sk-test-sealedkeys-0001");
        keys = with(keys, GREEN, "sk-test-sealedkeys-0002");
        with(keys, LIVE, "sk-test-sealedkeys-0003").write(file);
    }

    @Test
    void values_come_out_as_they_went_in() {
        try (OpenedKeys opened = SealedKeys.read(file).open(password)) {
            assertThat(opened.secret("b", "staging", "blue", "openai"))
                    .isEqualTo(Secret.of("x", "sk-test-sealedkeys-0001"))
                    .hasToString("Secret[alias=b]");
            assertThat(opened.secret("g", "staging", "green", "azure"))
                    .isEqualTo(Secret.of("x", "sk-test-sealedkeys-0002"));
            assertThat(opened.secret("l", "production", "blue", "openai"))
                    .isEqualTo(Secret.of("x", "sk-test-sealedkeys-0003"));
        }
    }

    @Test
    void names_are_seen_without_the_password_and_values_are_not() throws IOException {
        assertThat(SealedKeys.read(file).keys()).containsExactly(BLUE, GREEN, LIVE);
        assertThat(BLUE.sealedAt()).isEqualTo(Instant.parse("2026-03-01T09:30:00Z"));
        assertThat(Files.readString(file)).doesNotContain("sk-test", "horse");
    }

    /** Made by other software, so that the text means to others what it means here. */
    @Test
    void a_file_of_version_1_is_read() throws IOException {
        Path old = Files.writeString(directory.resolve("old.sealed"), Samples.VERSION_1);

        try (OpenedKeys opened = SealedKeys.read(old).open("correct horse battery".toCharArray())) {
            assertThat(opened.keys()).containsExactly(BLUE, LIVE);
            assertThat(opened.secret("b", "staging", "blue", "openai"))
                    .isEqualTo(Secret.of("x", "sk-test-sealedkeys-0001"));
            assertThat(opened.secret("l", "production", "blue", "openai"))
                    .isEqualTo(Secret.of("x", "sk-test-sealedkeys-0003"));
        }
    }

    @Test
    void a_key_of_another_environment_or_upstream_is_not_given() {
        try (OpenedKeys opened = opened(SealedKeys.read(file))) {
            assertThatThrownBy(() -> opened.secret("g", "production", "green", "openai"))
                    .isInstanceOf(KeysException.class)
                    .hasMessage(file + " holds no key \"green\" for environment \"production\";"
                            + " one of that name is for \"staging\"");
            assertThatThrownBy(() -> opened.secret("b", "staging", "blue", "azure"))
                    .hasMessage("key \"blue\" in " + file + " is sealed for upstream \"openai\", not for \"azure\"");
            assertThatThrownBy(() -> opened.secret("r", "staging", "red", "openai"))
                    .hasMessageEndingWith("; it holds blue, green");
            assertThatThrownBy(() -> opened.secret("r", "testing", "red", "openai"))
                    .hasMessageEndingWith("; it holds none for it");
        }
    }

    @Test
    void a_key_is_replaced_in_its_place_and_removed() {
        SealedKeys changed = with(SealedKeys.read(file), BLUE, "sk-test-sealedkeys-0004");
        try (OpenedKeys opened = opened(changed)) {
            assertThat(opened.keys()).containsExactly(BLUE, GREEN, LIVE);
            assertThat(opened.secret("b", "staging", "blue", "openai"))
                    .isEqualTo(Secret.of("x", "sk-test-sealedkeys-0004"));
            assertThat(opened.remove("staging", "blue").keys()).containsExactly(GREEN, LIVE);
            assertThatThrownBy(() -> opened.remove("testing", "blue")).isInstanceOf(KeysException.class);
        }
    }

    @Test
    void another_password_leaves_the_values_as_they_are_encrypted() throws IOException {
        char[] other = "another password".toCharArray();
        List<String> before = valueLines(file);
        try (OpenedKeys opened = opened(SealedKeys.read(file))) {
            opened.reseal(other).write(file);
        }

        assertThat(valueLines(file)).isEqualTo(before);
        assertRefused(SealedKeys.read(file), password);
        try (OpenedKeys opened = SealedKeys.read(file).open(other, derivation)) {
            assertThat(opened.secret("b", "staging", "blue", "openai"))
                    .isEqualTo(Secret.of("x", "sk-test-sealedkeys-0001"));
        }
    }

    @Test
    void another_data_key_encrypts_every_value_anew() throws IOException {
        List<String> before = valueLines(file);
        try (OpenedKeys opened = opened(SealedKeys.read(file))) {
            opened.renew(password).write(file);
        }

        assertThat(valueLines(file)).hasSize(3).doesNotContainAnyElementsOf(before);
        try (OpenedKeys opened = opened(SealedKeys.read(file))) {
            assertThat(opened.keys()).containsExactly(BLUE, GREEN, LIVE);
            assertThat(opened.secret("g", "staging", "green", "openai"))
                    .isEqualTo(Secret.of("x", "sk-test-sealedkeys-0002"));
        }
    }

    @Test
    void no_two_texts_of_one_content_are_alike() {
        SealedKeys read = SealedKeys.read(file);

        String one =
                new String(with(read, BLUE, "sk-test-sealedkeys-0001").file().text(), US_ASCII);
        String two =
                new String(with(read, BLUE, "sk-test-sealedkeys-0001").file().text(), US_ASCII);

        assertThat(one).isNotEqualTo(two).hasSameSizeAs(two);
    }

    @Test
    void the_file_is_for_its_owner_alone_and_nothing_but_the_lock_is_left() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw--w-rw-"));

        with(SealedKeys.read(file), BLUE, "sk-test-sealedkeys-0005").write(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactlyInAnyOrder(file, lock());
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(lock())))
                .isEqualTo("rw-------");
    }

    @Test
    void a_group_that_could_read_the_file_still_can_and_can_do_no_more() throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxrwxr--"));

        with(SealedKeys.read(file), BLUE, "sk-test-sealedkeys-0009").write(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
    }

    @Test
    void of_two_writers_at_once_one_is_told_that_the_other_was_faster() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        for (int i = 0; i < 50; i++) {
            SealedKeys one = with(SealedKeys.read(file), BLUE, "sk-test-sealedkeys-one-" + i);
            SealedKeys other = with(SealedKeys.read(file), GREEN, "sk-test-sealedkeys-two-" + i);
            CyclicBarrier start = new CyclicBarrier(2);
            int written = 0;
            for (Future<Boolean> writer : pool.invokeAll(List.of(writing(one, start), writing(other, start)))) {
                written += writer.get() ? 1 : 0;
            }
            assertThat(written).isEqualTo(1);
        }
        pool.shutdownNow();
    }

    private Callable<Boolean> writing(SealedKeys keys, CyclicBarrier start) {
        return () -> {
            start.await(30, TimeUnit.SECONDS);
            try {
                keys.write(file);
                return true;
            } catch (KeysException e) {
                return false;
            }
        };
    }

    @Test
    void nothing_is_written_while_somebody_else_holds_the_lock() throws IOException {
        String before = Files.readString(file);
        SealedKeys changed = with(SealedKeys.read(file), BLUE, "sk-test-sealedkeys-0010");

        try (FileChannel channel = FileChannel.open(lock(), StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            assertThat(held.isValid()).isTrue();
            assertThatThrownBy(() -> changed.write(file))
                    .isInstanceOf(KeysException.class)
                    .hasMessageContaining("is being written by somebody else");
        }

        assertThat(Files.readString(file)).isEqualTo(before);
    }

    private Path lock() {
        return directory.resolve(".keys.sealed.lock");
    }

    @Test
    void a_file_that_changed_meanwhile_is_not_overwritten() throws IOException {
        SealedKeys mine = with(SealedKeys.read(file), BLUE, "sk-test-sealedkeys-0006");
        with(SealedKeys.read(file), GREEN, "sk-test-sealedkeys-0007").write(file);
        String theirs = Files.readString(file);

        assertThatThrownBy(() -> mine.write(file))
                .isInstanceOf(KeysException.class)
                .hasMessage(file + " was changed by somebody else meanwhile; nothing was written, try again");

        assertThat(Files.readString(file)).isEqualTo(theirs);
        Files.delete(file);
        assertThatThrownBy(() -> mine.write(file)).isInstanceOf(KeysException.class);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(lock());
        }
    }

    @Test
    void a_new_file_overwrites_none() throws IOException {
        String before = Files.readString(file);
        SealedKeys fresh = SealedKeys.create(password, Derivation.MIN_ITERATIONS, derivation);

        assertThatThrownBy(() -> fresh.write(file))
                .isInstanceOf(KeysException.class)
                .hasMessageEndingWith("is there already; choose another name, or change that one");
        assertThatThrownBy(() -> fresh.write(directory.resolve("no/such/directory")))
                .isInstanceOf(KeysException.class)
                .hasMessageContaining("cannot be written");

        assertThat(Files.readString(file)).isEqualTo(before);
    }

    @Test
    void a_link_stays_a_link() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);

        with(SealedKeys.read(link), BLUE, "sk-test-sealedkeys-0008").write(link);

        assertThat(link).isSymbolicLink();
        try (OpenedKeys opened = opened(SealedKeys.read(file))) {
            assertThat(opened.secret("b", "staging", "blue", "openai"))
                    .isEqualTo(Secret.of("x", "sk-test-sealedkeys-0008"));
        }
    }

    @Test
    void a_file_that_is_not_there_is_told_from_one_that_is_wrong() throws IOException {
        Path absent = directory.resolve("absent");
        Path text = Files.writeString(directory.resolve("text"), "{}");

        assertThatThrownBy(() -> SealedKeys.read(absent))
                .hasMessage(absent + " does not exist; make it with: keys create " + absent)
                .matches(failure -> failure instanceof KeysException missing && missing.isAbsent());
        assertThatThrownBy(() -> SealedKeys.read(text))
                .matches(failure -> failure instanceof KeysException wrong && !wrong.isAbsent());
        assertThatThrownBy(() -> SealedKeys.read(directory)).hasMessageContaining("cannot be read");
    }

    @Test
    void what_cannot_be_a_value_a_name_or_a_password_is_refused_without_showing_it() {
        try (OpenedKeys opened = opened(SealedKeys.read(file))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> opened.put(BLUE, "sk-test two words".toCharArray()))
                    .withMessageContaining("position 7")
                    .withMessageNotContaining("sk-test");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> opened.reseal("seven77".toCharArray()))
                    .withMessage("the password has 7 characters; it needs at least 8");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> key("a|b", "staging", Optional.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> key("blue", "a\"b", Optional.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> key("blue", "staging", Optional.of("")));
    }

    @Test
    void after_it_was_closed_nothing_comes_out() {
        OpenedKeys opened = opened(SealedKeys.read(file));
        opened.close();

        assertThatIllegalStateException().isThrownBy(() -> opened.secret("b", "staging", "blue", "openai"));
        assertThatIllegalStateException().isThrownBy(() -> opened.put(BLUE, "sk-test-sealedkeys".toCharArray()));
        assertThatIllegalStateException().isThrownBy(() -> opened.reseal(password));
        assertThatIllegalStateException().isThrownBy(() -> opened.remove("staging", "blue"));
    }

    @Test
    void a_file_holds_so_much_and_no_more() throws IOException {
        String large = "sk-test-" + "x".repeat(4088);

        assertThat(filled(999, "sk-test-sealedkeys-0009").keys()).hasSize(999);
        assertThat(with(filled(999, "sk-test-sealedkeys-0009"), GREEN, "sk-test-sealedkeys-0009")
                        .keys())
                .hasSize(1000);
        for (SealedKeys full : List.of(filled(1000, "sk-test-sealedkeys-0009"), filled(186, large))) {
            assertThatThrownBy(() -> with(full, GREEN, large))
                    .isInstanceOf(KeysException.class)
                    .hasMessageEndingWith("would hold more than 1000 keys or take more than 1 MB; use several files");
        }
        Path big = Files.write(directory.resolve("big"), new byte[SealedFile.MAX_BYTES + 1]);
        assertThatThrownBy(() -> SealedKeys.read(big)).isInstanceOf(KeysException.class);
    }

    /** A file with one value in many places, most of which it does not belong to. */
    private SealedKeys filled(int keys, String value) {
        byte[] dataKey = Entropy.bytes(Gcm.KEY_BYTES);
        SealedFile empty = SealedKeys.wrapped(password, Derivation.MIN_ITERATIONS, derivation, dataKey.clone());
        SealedKeys one = with(SealedKeys.read(file).with(empty, dataKey), BLUE, value);
        SealedFile.Sealed sealed = one.file().entries().get(0).value();
        List<SealedFile.Entry> entries = IntStream.range(0, keys)
                .mapToObj(i -> new SealedFile.Entry(key("key" + i, "staging", Optional.empty()), sealed))
                .toList();
        return one.with(empty.withEntries(entries), dataKey);
    }

    private void assertRefused(SealedKeys keys, char[] wrong) {
        assertThatThrownBy(() -> keys.open(wrong, derivation))
                .isInstanceOf(KeysException.class)
                .hasMessage(SealedKeys.refused(file.toString()).getMessage())
                .hasNoCause();
    }

    private OpenedKeys opened(SealedKeys keys) {
        return keys.open(password, derivation);
    }

    private SealedKeys with(SealedKeys keys, SealedKey key, String value) {
        try (OpenedKeys opened = opened(keys)) {
            return opened.put(key, value.toCharArray());
        }
    }

    private static List<String> valueLines(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.contains("\"sealed_at\""))
                .toList();
    }

    private static SealedKey key(String name, String environment, Optional<String> upstream) {
        return new SealedKey(name, environment, upstream, NOW);
    }
}
