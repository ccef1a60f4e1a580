package dev.gateway4j.cassette.internal.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.config.CassetteConfig;
import dev.gateway4j.cassette.Cassette;
import dev.gateway4j.cassette.CassetteException;
import dev.gateway4j.cassette.Interaction;
import dev.gateway4j.cassette.internal.format.CassetteFormat;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavingTest {
    private static final String ANSWER = "{\"id\":1}";

    private final ManualTime time = ManualTime.standing();

    @TempDir
    private Path folder;

    @Test
    void a_full_disk_fails_loudly_and_leaves_the_old_file_as_it_was() throws IOException {
        record("old");
        byte[] before = Files.readAllBytes(file());
        FileRecorder recorder = recorder(SavingTest::full);

        assertThatThrownBy(() -> Wire.answer(recorder, time, Wire.chat("chat", "new"), ANSWER))
                .isInstanceOf(UncheckedIOException.class)
                .cause()
                .hasMessage("Cassette \"chat\" was not written: " + file().toRealPath()
                        + ": No space left on device. What the file held before is untouched.");
        assertThatThrownBy(recorder::close)
                .isInstanceOf(UncheckedIOException.class)
                .cause()
                .hasMessage("1 exchange was not recorded, of cassette \"chat\". First: Cassette \"chat\" was not"
                        + " written: " + file().toRealPath()
                        + ": No space left on device. What the file held before is untouched.");
        recorder.close();
        assertThat(Files.readAllBytes(file())).isEqualTo(before);
        assertThat(names()).containsExactly("chat.yaml");
    }

    @Test
    void what_the_scrubber_leaves_is_not_written_and_the_message_says_where() throws IOException {
        record("old");
        byte[] before = Files.readAllBytes(file());
        FileRecorder recorder = recorder(
                Means.REAL.with(saved -> java.util.Optional.of("interaction 0, response body at byte 9: holds a key")));

        assertThatThrownBy(() -> Wire.answer(recorder, time, Wire.chat("chat", "new"), ANSWER))
                .isInstanceOf(UncheckedIOException.class)
                .cause()
                .hasMessage("Cassette \"chat\" was not written after call call-1: response body at byte 9: holds a key."
                        + " Take it out of what is sent or answered, and record again.");
        assertThatThrownBy(recorder::close).hasMessageContaining("1 exchange was not recorded");
        assertThat(Files.readAllBytes(file())).isEqualTo(before);
    }

    @Test
    void a_bug_while_an_exchange_is_prepared_is_told_without_what_it_quotes() {
        FileRecorder recorder = recorder(Means.REAL.with(saved -> {
            throw new IllegalStateException("near sk-test-blue-0000");
        }));

        assertThatThrownBy(() -> Wire.answer(recorder, time, Wire.chat("chat", "new"), ANSWER))
                .rootCause()
                .hasMessage("Cassette \"chat\" was not written: java.lang.IllegalStateException while the exchange was"
                        + " prepared. This is a bug of the gateway.");
        assertThatThrownBy(recorder::close).hasMessageNotContaining("sk-test-blue-0000");
        assertThat(file()).doesNotExist();
    }

    @Test
    void an_error_is_thrown_on_and_told_at_the_end() {
        FileRecorder recorder = recorder(Means.REAL.with(saved -> {
            throw new StackOverflowError("near sk-test-blue-0000");
        }));

        assertThatThrownBy(() -> Wire.answer(recorder, time, Wire.chat("chat", "new"), ANSWER))
                .isInstanceOf(StackOverflowError.class);
        assertThatThrownBy(recorder::close)
                .hasMessageContaining("Cassette \"chat\" was not written: java.lang.StackOverflowError")
                .hasMessageNotContaining("sk-test-blue-0000");
        assertThat(file()).doesNotExist();
    }

    @Test
    void what_comes_after_a_failure_is_saved_without_it() throws IOException {
        List<Boolean> full = new ArrayList<>(List.of(false, true, false));
        FileRecorder recorder = recorder((file, before, text) -> {
            if (full.remove(0)) {
                full(file, before, text);
            } else {
                Disk.REAL.write(file, before, text);
            }
        });
        Wire.answer(recorder, time, Wire.chat("chat", "one"), ANSWER);
        assertThatThrownBy(() -> Wire.answer(recorder, time, Wire.chat("chat", "two"), ANSWER))
                .isInstanceOf(UncheckedIOException.class);
        Wire.answer(recorder, time, Wire.chat("chat", "three"), ANSWER);

        assertThatThrownBy(recorder::close).isInstanceOf(UncheckedIOException.class);
        assertThat(prompts()).containsExactly("one", "three");
    }

    @Test
    void a_cassette_that_another_process_records_is_refused_and_untouched() throws Exception {
        record("old");
        byte[] before = Files.readAllBytes(file());
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        home(CassetteLock.class) + java.io.File.pathSeparator + home(Locker.class),
                        Locker.class.getName(),
                        file().toRealPath().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = other.inputReader(StandardCharsets.UTF_8);
                FileRecorder recorder = recorder(Disk.REAL)) {
            assertThat(said.readLine()).isEqualTo("locked");

            assertThat(recorder.objection(Wire.chat("chat", "new"))
                            .orElseThrow()
                            .message())
                    .isEqualTo("Cassette \"chat\" cannot be recorded: " + file().toRealPath()
                            + " is being recorded by process " + other.pid()
                            + ". Wait until that has ended, or use another name.");
            assertThatThrownBy(() -> CassetteFile.save(folder, Cassette.of("chat", List.of())))
                    .isInstanceOf(CassetteException.class)
                    .hasMessageContaining("is being recorded by process " + other.pid());
            assertThat(Files.readAllBytes(file())).isEqualTo(before);

            other.outputWriter().close();
            assertThat(other.waitFor()).isZero();
            assertThat(recorder.objection(Wire.chat("chat", "new"))).isEmpty();
        } finally {
            other.destroy();
        }
    }

    @Test
    void the_lock_of_a_process_that_died_locks_nobody_out() throws IOException {
        Files.writeString(folder.resolve(".chat.yaml.lock"), "1");

        record("new");

        assertThat(prompts()).containsExactly("new");
        assertThat(names()).containsExactly("chat.yaml");
    }

    @Test
    void another_recorder_of_this_process_waits_its_turn_and_adds() throws IOException {
        record("old");
        FileRecorder one = recorder(Disk.REAL);
        FileRecorder two = recorder(Disk.REAL);
        Wire.answer(one, time, Wire.chat("chat", "from one"), ANSWER);
        Wire.answer(two, time, Wire.chat("chat", "from two"), ANSWER);
        one.close();
        Wire.answer(two, time, Wire.chat("chat", "still two"), ANSWER);
        two.close();

        assertThat(prompts()).containsExactly("from one", "from two", "still two");
        assertThat(names()).containsExactly("chat.yaml");
    }

    @Test
    void of_many_cassettes_the_longest_unused_is_unlocked_and_keeps_what_this_run_saved() throws IOException {
        record("old");
        try (FileRecorder recorder = recorder(Means.REAL.open(2))) {
            Wire.answer(recorder, time, Wire.chat("chat", "one"), ANSWER);
            Wire.answer(recorder, time, Wire.chat("b", "x"), ANSWER);
            Wire.answer(recorder, time, Wire.chat("c", "x"), ANSWER);

            assertThat(names()).contains(".b.yaml.lock", ".c.yaml.lock").doesNotContain(".chat.yaml.lock");

            Wire.answer(recorder, time, Wire.chat("chat", "two"), ANSWER);
        }

        assertThat(prompts()).containsExactly("one", "two");
    }

    @Test
    void an_objection_twice_leaves_the_lock_of_a_copy_of_these_classes_in_force() throws Exception {
        record("old");
        java.nio.file.Path locked = file().resolveSibling(".chat.yaml.lock");
        try (java.nio.channels.FileChannel copy = java.nio.channels.FileChannel.open(
                        locked, java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.WRITE);
                java.nio.channels.FileLock theirs = copy.lock(1 << 20, 1, false)) {
            assertThatThrownBy(() -> CassetteLock.take(file())).isInstanceOf(CassetteLock.LockedException.class);
            assertThatThrownBy(() -> CassetteLock.take(file())).isInstanceOf(CassetteLock.LockedException.class);

            assertThat(otherProcess()).isEqualTo("refused");
            assertThat(theirs.isValid()).isTrue();
        }

        CassetteLock.take(file()).release();
        assertThat(names()).containsExactly("chat.yaml");
    }

    private String otherProcess() throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        home(CassetteLock.class) + java.io.File.pathSeparator + home(Locker.class),
                        Locker.class.getName(),
                        file().toString())
                .start();
        try (BufferedReader said = other.inputReader(StandardCharsets.UTF_8)) {
            other.outputWriter().close();
            String line = said.readLine();
            return line == null ? "refused" : line;
        } finally {
            other.destroy();
        }
    }

    @Test
    void an_exchange_that_ends_after_the_recorder_was_closed_is_saved() throws IOException {
        FileRecorder recorder = recorder(Disk.REAL);
        var recording = recorder.open(Wire.chat("chat", "late"));
        recorder.close();
        recording.head(200, Wire.JSON, 0);
        recording.end(dev.gateway4j.api.call.Ending.COMPLETED, true, 0);

        assertThat(prompts()).containsExactly("late");
        assertThat(names()).containsExactly("chat.yaml");
    }

    @Test
    void nothing_is_lost_when_many_threads_record_one_cassette() throws Exception {
        int threads = 16;
        int each = 5;
        CyclicBarrier together = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (FileRecorder recorder = recorder(Disk.REAL)) {
            List<Future<?>> done = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int thread = t;
                done.add(pool.submit(() -> {
                    together.await();
                    for (int i = 0; i < each; i++) {
                        Wire.answer(recorder, time, Wire.chat("chat", thread + "-" + i), ANSWER);
                    }
                    return null;
                }));
            }
            for (Future<?> one : done) {
                one.get();
            }
        } finally {
            pool.shutdownNow();
        }

        assertThat(new TreeSet<>(prompts())).hasSize(threads * each);
        assertThat(read().interactions())
                .extracting(Interaction::id)
                .containsExactly(java.util.stream.IntStream.range(0, threads * each)
                        .boxed()
                        .toArray(Integer[]::new));
    }

    @Test
    void a_cassette_is_saved_in_place_of_the_old_one() throws IOException {
        record("one", "two");
        Cassette shorter = read().with(read().interactions().subList(1, 2));

        CassetteFile.save(folder, shorter);

        assertThat(prompts()).containsExactly("two");
        assertThat(names()).containsExactly("chat.yaml");
        assertThatThrownBy(() -> CassetteFile.save(folder, Cassette.of("../x", List.of())))
                .isInstanceOf(CassetteException.class)
                .hasMessageStartingWith("\"../x\" is not the name of a cassette");
    }

    /** Takes a lock in a process of its own, says so, and keeps it until its input ends. */
    static final class Locker {
        private Locker() {}

        public static void main(String[] args) throws IOException {
            CassetteLock lock = CassetteLock.take(Path.of(args[0]));
            System.out.println("locked");
            while (System.in.read() >= 0) {
                // until the test lets go
            }
            lock.release();
        }
    }

    private static void full(Path file, java.util.Optional<Path> before, byte[] text) throws IOException {
        Files.write(file, Arrays.copyOf(text, text.length / 2));
        throw new IOException("No space left on device");
    }

    private static String home(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }

    private void record(String... prompts) {
        try (FileRecorder recorder = recorder(Disk.REAL)) {
            for (String prompt : prompts) {
                Wire.answer(recorder, time, Wire.chat("chat", prompt), ANSWER);
            }
        }
    }

    private FileRecorder recorder(Disk disk) {
        return recorder(Means.REAL.with(disk));
    }

    private FileRecorder recorder(Means means) {
        return new FileRecorder(CassetteConfig.in(folder.toString()), Tapes.Existing.REPLACE, time, means);
    }

    private List<String> prompts() throws IOException {
        return read().interactions().stream()
                .map(one -> one.request().body().text().orElseThrow())
                .map(body -> body.replaceAll("(?s).*\"content\": \"([^\"]*)\".*", "$1"))
                .toList();
    }

    private Cassette read() throws IOException {
        return CassetteFormat.read("chat", "chat", Files.readAllBytes(file()));
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString()).toList();
        }
    }

    private Path file() {
        return folder.resolve("chat.yaml");
    }
}
