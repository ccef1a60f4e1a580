package dev.gateway4j.okhttp.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.Secret;
import dev.gateway4j.api.config.KeyFiles;
import dev.gateway4j.api.config.UpstreamKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Key files that change, and everything that can go wrong with them. */
class KeyFileSourceTest {
    private static final String FIRST = "sk-test-keyfile-first-0000";
    private static final String SECOND = "sk-test-keyfile-second-0000";

    @TempDir
    Path directory;

    private final ManualTime time = ManualTime.standing();
    private final List<Runnable> handedOn = new ArrayList<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(KeyFileSource.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private Path file;
    private KeyFileSource source;
    private int version;
    private int reads;

    @BeforeEach
    void start() throws IOException {
        file = directory.resolve("key");
        write(FIRST);
        source = new KeyFileSource(read(), KeyFiles.of(List.of(file), this::read), time, handedOn::add);
        settle();
        logger.setLevel(Level.INFO);
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    @Test
    void a_change_counts_once_it_has_stood_still_for_a_moment() throws IOException {
        List<UpstreamKey> before = keys();
        write(SECOND);

        time.advance(Duration.ofSeconds(1));
        assertThat(keys()).as("seen").isSameAs(before);
        time.advance(Duration.ofMillis(249));
        assertThat(keys()).isSameAs(before);
        assertThat(handedOn).as("nothing is read before").isEmpty();
        time.advance(Duration.ofMillis(1));
        assertThat(keys()).as("being read").isSameAs(before);
        run();

        assertThat(keys()).isEqualTo(List.of(key(SECOND)));
        assertThat(warnings()).isEmpty();
    }

    @Test
    void files_are_looked_at_once_a_second_and_not_more() throws IOException {
        write(SECOND);
        time.advance(Duration.ofSeconds(1));
        assertThat(keys()).hasSize(1);
        int before = reads;

        for (int i = 0; i < 100; i++) {
            keys();
        }

        assertThat(handedOn).isEmpty();
        assertThat(reads).isEqualTo(before);
    }

    @Test
    void a_file_that_is_still_being_written_is_not_read() throws IOException {
        for (int i = 0; i < 10; i++) {
            write(SECOND.substring(0, 5 + i));
            time.advance(Duration.ofMillis(249));
            keys();
        }
        assertThat(handedOn).isEmpty();
        write(SECOND);
        settle();

        assertThat(keys()).isEqualTo(List.of(key(SECOND)));
    }

    @Test
    void a_deleted_file_leaves_the_last_good_set_with_one_warning_until_it_is_back() throws IOException {
        Files.delete(file);
        settleSeveralTimes();

        assertThat(keys()).isEqualTo(List.of(key(FIRST)));
        assertThat(warnings()).hasSize(1);

        write(SECOND);
        settle();
        assertThat(keys()).isEqualTo(List.of(key(SECOND)));
        assertThat(warnings()).hasSize(1);
    }

    @Test
    void nonsense_in_the_file_leaves_the_last_good_set_with_one_warning_for_each_change() throws IOException {
        write("sk");
        settleSeveralTimes();
        write("s k");
        settleSeveralTimes();

        assertThat(keys()).isEqualTo(List.of(key(FIRST)));
        assertThat(warnings()).hasSize(2);
    }

    @Test
    void a_directory_in_place_of_the_file_changes_nothing() throws IOException {
        Files.delete(file);
        Files.createDirectory(file);
        settleSeveralTimes();

        assertThat(keys()).isEqualTo(List.of(key(FIRST)));
        assertThat(warnings()).hasSize(1);
        Files.delete(file);
        write(SECOND);
        settle();
        assertThat(keys()).isEqualTo(List.of(key(SECOND)));
    }

    @Test
    void links_that_are_swapped_as_kubernetes_does_are_followed() throws IOException {
        Path first = Files.createDirectory(directory.resolve("..2026_01"));
        Path second = Files.createDirectory(directory.resolve("..2026_02"));
        FileTime same = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));
        Files.setLastModifiedTime(Files.writeString(first.resolve("api"), FIRST), same);
        Files.setLastModifiedTime(Files.writeString(second.resolve("api"), SECOND.substring(0, FIRST.length())), same);
        Path data = Files.createSymbolicLink(directory.resolve("..data"), first);
        file = Files.createSymbolicLink(directory.resolve("api"), data.resolve("api"));
        source = new KeyFileSource(read(), KeyFiles.of(List.of(file), this::read), time, handedOn::add);
        settle();

        Path next = Files.createSymbolicLink(directory.resolve("..data_tmp"), second);
        Files.move(next, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        settle();

        assertThat(keys()).isEqualTo(List.of(key(SECOND.substring(0, FIRST.length()))));
    }

    @Test
    void what_could_not_be_read_is_tried_again_in_silence() throws IOException {
        KeyFiles failing = KeyFiles.of(List.of(file), () -> {
            reads++;
            if (reads < 4) {
                throw new IllegalStateException("out of file handles");
            }
            return List.of(key(SECOND));
        });
        reads = 0;
        source = new KeyFileSource(List.of(key(FIRST)), failing, time, handedOn::add);

        for (int i = 0; i < 100; i++) {
            settle();
        }

        assertThat(reads).isEqualTo(4);
        assertThat(warnings()).hasSize(1);
        assertThat(keys()).isEqualTo(List.of(key(SECOND)));
    }

    @Test
    void a_thread_that_cannot_be_started_is_no_failed_call() throws IOException {
        List<UpstreamKey> before = read();
        source = new KeyFileSource(before, KeyFiles.of(List.of(file), this::read), time, reading -> {
            throw new RejectedExecutionException("no more threads");
        });

        time.advance(Duration.ofSeconds(1));
        keys();
        time.advance(Duration.ofMillis(250));

        assertThat(keys()).isSameAs(before);
    }

    @Test
    void a_thread_for_which_there_is_no_memory_is_no_failed_call_and_is_tried_again_later() throws IOException {
        List<UpstreamKey> before = read();
        AtomicBoolean full = new AtomicBoolean(true);
        source = new KeyFileSource(before, KeyFiles.of(List.of(file), this::read), time, reading -> {
            if (full.get()) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            handedOn.add(reading);
        });
        write(SECOND);
        for (int i = 0; i < 20; i++) {
            settle();
        }
        List<UpstreamKey> meanwhile = keys();

        full.set(false);
        time.advance(Duration.ofSeconds(30));
        settle();

        assertThat(meanwhile).isSameAs(before);
        assertThat(warnings()).hasSize(1);
        assertThat(keys()).isEqualTo(List.of(key(SECOND)));
    }

    @Test
    void a_change_that_came_before_the_first_look_is_not_missed() throws IOException {
        source = new KeyFileSource(List.of(key(FIRST)), KeyFiles.of(List.of(file), this::read), time, handedOn::add);
        write(SECOND);

        settle();

        assertThat(keys()).isEqualTo(List.of(key(SECOND)));
    }

    @Test
    void no_warning_shows_what_is_in_the_file() throws IOException {
        KeyFiles leaking = KeyFiles.of(List.of(file), () -> {
            throw new IllegalStateException("bad content: " + SECOND);
        });
        key(SECOND);
        source = new KeyFileSource(List.of(key(FIRST)), leaking, time, handedOn::add);

        settle();

        assertThat(warnings()).singleElement().asString().doesNotContain(SECOND);
    }

    private List<UpstreamKey> keys() {
        return source.keys("staging");
    }

    private List<UpstreamKey> read() {
        reads++;
        try {
            return List.of(key(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static UpstreamKey key(String value) {
        return UpstreamKey.of("blue", Secret.of("blue", value));
    }

    /** No two versions of a file have one time, however coarse the clock of the file system is. */
    private void write(String value) throws IOException {
        Files.writeString(file, value);
        Files.setLastModifiedTime(
                file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z").plusSeconds(++version)));
    }

    /** Time for a change to be seen, to stand still, and to be read. */
    private void settle() {
        time.advance(Duration.ofSeconds(1));
        keys();
        time.advance(Duration.ofMillis(250));
        keys();
        run();
    }

    private void settleSeveralTimes() {
        for (int i = 0; i < 60; i++) {
            settle();
        }
    }

    private void run() {
        List<Runnable> due = List.copyOf(handedOn);
        handedOn.clear();
        due.forEach(Runnable::run);
    }

    private List<String> warnings() {
        return log.list.stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
