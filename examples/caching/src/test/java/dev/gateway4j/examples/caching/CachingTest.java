package dev.gateway4j.examples.caching;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CachingTest {
    @TempDir
    Path directory;

    @Test
    void what_was_asked_before_is_answered_without_asking_again() throws Exception {
        Path settings = directory.resolve("gateway.yaml");
        try (InputStream yaml = CachingTest.class.getResourceAsStream("/caching.yaml")) {
            Files.copy(Objects.requireNonNull(yaml), settings);
        }
        ByteArrayOutputStream printed = new ByteArrayOutputStream();

        Caching.run(settings, new PrintStream(printed, true, UTF_8));

        List<String> said = printed.toString(UTF_8).lines().toList();
        assertThat(said).hasSize(9);
        assertThat(said.get(0)).isEqualTo("asked first: miss, an answer");
        assertThat(said.get(1)).matches("asked again: hit; age=\\d+, an answer");
        assertThat(said.get(2)).matches("as a stream: hit; age=\\d+, a stream");
        assertThat(said.get(3)).matches("in other words: semantic; similarity=0\\.8\\d; age=\\d+, an answer");
        assertThat(said.get(4)).isEqualTo("another question: miss, an answer");
        assertThat(said.get(5)).startsWith("another key because of /model: ");
        assertThat(said.get(6)).startsWith("another key because of model asked: ");
        assertThat(said.get(7)).isEqualTo("2 hits, 1 to a similar question, 2 misses");
        assertThat(said.get(8))
                .matches("saved 0\\.0\\d+ USD, embedding cost 0\\.0\\d+ USD, so 0\\.0\\d+ USD less on the bill");
    }
}
