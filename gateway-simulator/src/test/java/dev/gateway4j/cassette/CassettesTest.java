package dev.gateway4j.cassette;

import static dev.gateway4j.cassette.Shelves.chat;
import static dev.gateway4j.cassette.Shelves.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CassettesTest {
    @TempDir
    Path directory;

    @Test
    void a_request_is_there_to_be_sent_again() {
        put(directory, "sub/a", chat("hello", "{}"), chat("again", "{}"));
        Cassettes cassettes = Cassettes.at(directory);

        RecordedRequest request = cassettes.request("sub/a");

        assertThat(cassettes.names()).containsExactly("sub/a");
        assertThat(request.url()).isEqualTo("https://api.openai.com/v1/chat/completions");
        assertThat(request.body().text()).contains(Shelves.body("hello"));
    }

    @Test
    void a_cassette_is_loaded_as_its_file_is_now() {
        put(directory, "a", chat("one", "{}"));
        Cassettes cassettes = Cassettes.at(directory);
        assertThat(cassettes.load("a").interactions()).hasSize(1);

        put(directory, "a", chat("one", "{}"), chat("two", "{}"));

        assertThat(cassettes.load("a").interactions()).hasSize(2);
    }

    @Test
    void a_cassette_that_is_not_there_is_named() {
        assertThatThrownBy(() -> Cassettes.at(directory).load("a"))
                .isInstanceOf(CassetteException.class)
                .hasMessage("There is no cassette \"a\" in " + directory
                        + "; a name is the path of a .yaml file below it, without .yaml");
    }

    @Test
    void cassettes_come_from_directories_of_the_class_path() throws IOException {
        put(directory.resolve("tapes"), "sub/a", chat("hello", "{}"));

        try (URLClassLoader loader = loader(directory.toUri().toURL())) {
            assertThatAllIsThere(Cassettes.onClasspath("tapes", loader));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void cassettes_come_from_jars_whether_or_not_these_name_their_folders(boolean folders) throws IOException {
        put(directory.resolve("tapes"), "sub/a", chat("hello", "{}"));
        Path jar = jar(directory, folders);

        try (URLClassLoader loader = loader(jar.toUri().toURL());
                Stream<Path> before = Files.list(directory)) {
            long files = before.count();

            assertThatAllIsThere(Cassettes.onClasspath("tapes", loader));

            try (Stream<Path> after = Files.list(directory)) {
                assertThat(after.count()).as("nothing is unpacked").isEqualTo(files);
            }
        }
    }

    private static void assertThatAllIsThere(Cassettes cassettes) {
        assertThat(cassettes.names()).containsExactly("sub/a");
        assertThat(cassettes.request("sub/a").body().text()).contains(Shelves.body("hello"));
        assertThatThrownBy(() -> cassettes.load("b"))
                .hasMessage(
                        "There is no cassette \"b\" in classpath:tapes; a name is the path of a .yaml file below it,"
                                + " without .yaml");
        assertThatThrownBy(() -> cassettes.save(cassettes.load("sub/a")))
                .isInstanceOf(CassetteException.class)
                .hasMessageContaining("classpath:tapes cannot be written");
    }

    private static URLClassLoader loader(URL place) {
        return new URLClassLoader(new URL[] {place}, null);
    }

    private static Path jar(Path directory, boolean folders) throws IOException {
        Path jar = directory.resolve("tapes.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            if (folders) {
                out.putNextEntry(new JarEntry("tapes/"));
                out.putNextEntry(new JarEntry("tapes/sub/"));
            } else {
                out.putNextEntry(new JarEntry("META-INF/MANIFEST.MF"));
            }
            out.putNextEntry(new JarEntry("tapes/sub/a.yaml"));
            out.write(Files.readAllBytes(directory.resolve("tapes/sub/a.yaml")));
        }
        return jar;
    }
}
