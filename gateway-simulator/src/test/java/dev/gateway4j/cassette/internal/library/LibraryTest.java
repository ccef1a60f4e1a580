package dev.gateway4j.cassette.internal.library;

import static dev.gateway4j.cassette.Shelves.ask;
import static dev.gateway4j.cassette.Shelves.chat;
import static dev.gateway4j.cassette.Shelves.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateway4j.api.config.CassetteConfig;
import dev.gateway4j.cassette.CassetteException;
import dev.gateway4j.cassette.internal.match.MatchRules;
import dev.gateway4j.cassette.internal.match.Question;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LibraryTest {
    private static final MatchRules RULES = MatchRules.of(CassetteConfig.Match.STRICT);
    private static final byte[] BROKEN = "version: [".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    private final Counting counting = new Counting();

    @Test
    void names_are_paths_below_the_directory_sorted_and_only_of_yaml_files() throws IOException {
        put(directory, "b", chat("b", "{}"));
        put(directory, "a/deep/er", chat("a", "{}"));
        Files.writeString(directory.resolve("c.yml"), "version: 2");
        Files.writeString(directory.resolve("README.md"), "no cassette");

        assertThat(library().names()).containsExactly("a/deep/er", "b");
    }

    @Test
    void links_that_lead_back_or_nowhere_are_passed_over() throws IOException {
        put(directory, "sub/a", chat("a", "{}"));
        Files.createSymbolicLink(directory.resolve("sub/back"), directory);
        Files.createSymbolicLink(directory.resolve("gone.yaml"), directory.resolve("nowhere"));
        Files.createSymbolicLink(directory.resolve("other"), directory.resolve("sub"));

        assertThat(library().names()).contains("other/a", "sub/a").doesNotContain("gone");
    }

    @Test
    void a_directory_that_is_missing_holds_none_and_a_file_is_no_directory() throws IOException {
        Library missing = Library.at(directory.resolve("missing").toString(), RULES);
        Path file = Files.writeString(directory.resolve("file"), "");
        Library wrong = Library.at(file.toString(), RULES);

        assertThat(missing.names()).isEmpty();
        assertThat(missing.search(RULES.question(ask("x")))).isEmpty();
        assertThatThrownBy(wrong::names)
                .isInstanceOf(CassetteException.class)
                .hasMessage("the directory of cassettes " + file
                        + " cannot be read: it is not a directory; name the directory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside", "sub/../../outside", "/etc/passwd", "", "a//b", ".", "C:\\x", "a\u0000b"})
    void a_name_never_leads_out_of_the_directory(String name) {
        put(directory, "outside", chat("x", "{}"));
        Library below = Library.at(directory.resolve("sub").toString(), RULES);

        assertThat(below.named(name)).isEmpty();
        assertThat(below.refresh(name)).isFalse();
    }

    @Test
    void a_named_cassette_is_the_only_file_that_is_read() {
        put(directory, "a", chat("a", "{}"));
        put(directory, "broken", BROKEN);
        Library library = library();

        assertThat(library.named("a")).isPresent();
        assertThat(library.named("a")).isPresent();
        assertThat(counting.reads).hasValue(1);
        assertThat(counting.lists).hasValue(0);
        assertThat(library.named("b")).isEmpty();
        assertThatThrownBy(() -> library.named("broken"))
                .isInstanceOf(CassetteException.class)
                .hasMessageContaining("broken.yaml");
    }

    @Test
    void a_search_reads_every_file_once_and_finds_in_sorted_order() {
        put(directory, "b", chat("same", "{}"));
        put(directory, "a", chat("other", "{}"));
        put(directory, "c", chat("same", "{}"));
        put(directory, "broken", BROKEN);
        Library library = library();
        Question question = RULES.question(ask("same"));

        Found first = library.search(question).orElseThrow();
        Found second = library.search(question).orElseThrow();

        assertThat(first.cassette().cassette().name()).isEqualTo("b");
        assertThat(first.others()).containsExactly("c");
        assertThat(second.cassette().cassette().name()).isEqualTo("b");
        assertThat(second.others()).as("said once").isEmpty();
        assertThat(counting.reads).hasValue(4);
        assertThat(library.unreadable()).hasSize(1).first().asString().contains("broken.yaml");
    }

    @Test
    void a_question_that_only_looks_ambiguous_does_not_hide_a_later_one_that_is() {
        MatchRules close = MatchRules.of(new CassetteConfig.Match(
                List.of(),
                false,
                List.of(new CassetteConfig.BodyRule(
                        "/messages/0/content",
                        CassetteConfig.Same.REGEX,
                        Optional.of("[a-m]"),
                        OptionalDouble.empty()))));
        put(directory, "a", chat("z", "{}"), chat("a", "{}"));
        put(directory, "b", chat("b", "{}"));
        Library library = new Library(counting.over(new Directory(directory)), close, 64 << 20);

        assertThat(library.search(close.question(ask("z"))).orElseThrow().others())
                .isEmpty();
        assertThat(library.search(close.question(ask("c"))).orElseThrow().others())
                .containsExactly("b");
        assertThat(library.search(close.question(ask("c"))).orElseThrow().others())
                .as("said once")
                .isEmpty();
    }

    @Test
    void the_class_path_is_read_once_and_never_changes() throws IOException {
        put(directory.resolve("tapes"), "a", chat("hello", "{}"));
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()}, null)) {
            Library library = new Library(counting.over(new ClassPath(List.of(loader), "tapes")), RULES, 64 << 20);

            assertThat(library.named("a")).isPresent();
            assertThat(library.search(RULES.question(ask("hello")))).isPresent();
            assertThat(library.refresh()).isFalse();
            assertThat(library.refresh("a")).isFalse();
        }

        assertThat(counting.reads).hasValue(1);
        assertThat(counting.lists).hasValue(1);
    }

    @Test
    void the_class_path_is_also_that_of_the_application() throws IOException {
        put(directory.resolve("tapes"), "a", chat("hello", "{}"));
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()}, null)) {
            thread.setContextClassLoader(loader);
            Library library = Library.at("classpath:tapes", RULES);

            assertThat(library.named("a")).isPresent();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void what_comes_changes_or_goes_is_seen_after_a_refresh() throws IOException {
        put(directory, "a", chat("old", "{}"));
        put(directory, "gone", chat("gone", "{}"));
        put(directory, "same", chat("same", "{}"));
        Library library = library();
        assertThat(library.search(RULES.question(ask("old")))).isPresent();
        put(directory, "a", chat("newer", "{}"));
        put(directory, "b", chat("new", "{}"));
        Files.delete(directory.resolve("gone.yaml"));
        counting.reads.set(0);

        assertThat(library.search(RULES.question(ask("newer")))).isEmpty();
        assertThat(library.refresh()).isTrue();

        assertThat(library.search(RULES.question(ask("newer")))).isPresent();
        assertThat(library.search(RULES.question(ask("new")))).isPresent();
        assertThat(library.search(RULES.question(ask("old")))).isEmpty();
        assertThat(library.named("gone")).isEmpty();
        assertThat(counting.reads).as("only what changed").hasValue(2);
        assertThat(library.refresh()).isFalse();
    }

    @Test
    void one_named_file_can_be_looked_at_alone() {
        put(directory, "a", chat("old", "{}"));
        Library library = library();
        assertThat(library.named("a").orElseThrow().matching(RULES.question(ask("longer"))))
                .isEmpty();
        put(directory, "a", chat("old", "{}"), chat("longer", "{}"));

        assertThat(library.refresh("a")).isTrue();

        assertThat(library.named("a").orElseThrow().matching(RULES.question(ask("longer"))))
                .containsExactly(1);
        assertThat(library.refresh("a")).isFalse();
        assertThat(counting.lists).hasValue(0);
    }

    @Test
    void what_was_used_last_stays_in_memory_and_the_rest_is_read_again() {
        for (int i = 0; i < 20; i++) {
            put(directory, "c" + i, chat("number " + i, "{}"));
        }
        Library small = new Library(counting.over(new Directory(directory)), RULES, 20_000);

        for (int i = 0; i < 20; i++) {
            assertThat(small.search(RULES.question(ask("number " + i)))).isPresent();
        }

        assertThat(counting.reads.get()).isGreaterThan(20);
        counting.reads.set(0);
        assertThat(small.search(RULES.question(ask("number 19")))).isPresent();
        assertThat(counting.reads).hasValue(0);
    }

    @Test
    void a_cassette_that_is_larger_than_the_memory_is_kept_while_it_is_the_last() {
        put(directory, "a", chat("a", "{}"));
        Library tiny = new Library(counting.over(new Directory(directory)), RULES, 1);

        assertThat(tiny.named("a")).isPresent();
        assertThat(tiny.named("a")).isPresent();

        assertThat(counting.reads).hasValue(1);
    }

    @Test
    void however_many_ask_at_once_a_file_is_read_once() throws Exception {
        put(directory, "a", chat("a", "{}"));
        put(directory, "b", chat("b", "{}"));
        Library library = library();
        int threads = 16;
        CyclicBarrier together = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            Callable<Boolean> named = () -> {
                together.await();
                return library.named("a").isPresent();
            };
            Callable<Boolean> searched = () -> {
                together.await();
                return library.search(RULES.question(ask("b"))).isPresent();
            };
            List<Callable<Boolean>> all = IntStream.range(0, threads)
                    .mapToObj(i -> i % 2 == 0 ? named : searched)
                    .toList();
            for (Future<Boolean> answer : pool.invokeAll(all)) {
                assertThat(answer.get()).isTrue();
            }
        } finally {
            pool.shutdownNow();
        }

        assertThat(counting.reads).hasValue(2);
        assertThat(counting.lists).hasValue(1);
    }

    private Library library() {
        return new Library(counting.over(new Directory(directory)), RULES, 64 << 20);
    }

    /** Counts what is asked of the disk. */
    private static final class Counting {
        private final AtomicInteger reads = new AtomicInteger();
        private final AtomicInteger lists = new AtomicInteger();

        Shelf over(Shelf shelf) {
            return new Shelf() {
                @Override
                public SortedMap<String, Stamp> list() throws IOException {
                    lists.incrementAndGet();
                    return shelf.list();
                }

                @Override
                public Optional<Stamp> stamp(String name) throws IOException {
                    return shelf.stamp(name);
                }

                @Override
                public byte[] read(String name) throws IOException {
                    reads.incrementAndGet();
                    return shelf.read(name);
                }

                @Override
                public boolean changes() {
                    return shelf.changes();
                }

                @Override
                public String shown(String name) {
                    return shelf.shown(name);
                }

                @Override
                public String shown() {
                    return shelf.shown();
                }
            };
        }
    }
}
