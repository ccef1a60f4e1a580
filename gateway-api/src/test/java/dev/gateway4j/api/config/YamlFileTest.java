package dev.gateway4j.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class YamlFileTest {
    @TempDir
    private Path directory;

    static Stream<Arguments> documents() {
        return Stream.of(
                Arguments.of(
                        "openai:\n  mode: simulated\n bad: [",
                        "gateway.config (gateway.yaml:3): is not valid YAML: while parsing a block mapping, expected"
                                + " <block end>, but found '<block mapping start>'"),
                Arguments.of(
                        "openai: { mode: \"simulated }",
                        "gateway.config (gateway.yaml:1): is not valid YAML: while scanning a quoted scalar, found"
                                + " unexpected end of stream"),
                Arguments.of(
                        "openai:\n\tmode: simulated",
                        "gateway.config (gateway.yaml:2): is not valid YAML: while scanning for the next token, found"
                                + " character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for"
                                + " indentation)"),
                Arguments.of(
                        "openai: {}\n---\nopenai: {}",
                        "gateway.config (gateway.yaml:2): holds a second document; write one only"),
                Arguments.of(
                        "openai: {}\ngateway: !!javax.script.ScriptEngineManager {}",
                        "gateway.config (gateway.yaml:2): holds a tag (!); tags are not supported"),
                Arguments.of(
                        "openai: { mode: !secret simulated }",
                        "gateway.config (gateway.yaml:1): holds a tag (!); tags are not supported"),
                Arguments.of(
                        "openai: *shared",
                        "gateway.config (gateway.yaml:1): holds an alias (*) without an anchor (&) above it"),
                Arguments.of(
                        "openai: { mode: simulated }\ngateway: {}\nopenai: {}",
                        "openai (gateway.yaml:3): stands here a second time; it is already set in line 1"),
                Arguments.of(
                        "openai:\n  ? [a, b]\n  : c",
                        "openai.? (gateway.yaml:2): a key is plain text, not a list or a section"),
                Arguments.of(
                        "gateway: { retry: &a [ *a ] }",
                        "gateway.retry (gateway.yaml:1): aliases make the file too large or refer to themselves;"
                                + " write it out"),
                Arguments.of(
                        "just text",
                        " (gateway.yaml:1): is a single value; a section with the keys environment, upstreams, key_fingerprints,"
                                + " environments, isolation_level, openai, gateway, data belongs here"),
                Arguments.of(
                        "openai: { mode: \"a\u0007b\" }",
                        "gateway.config (gateway.yaml:1): is not valid YAML: a control character stands here"));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void what_is_no_good_document_is_one_problem_with_its_line(String document, String problem) {
        Desk desk = new Desk(directory).file("gateway.yaml", document.getBytes(StandardCharsets.UTF_8));

        List<String> problems = desk.problems();

        assertThat(problems).containsExactly(problem);
    }

    @ParameterizedTest
    @MethodSource("nests")
    void deep_nesting_is_refused_before_anything_recurses(String document) {
        Desk desk = new Desk(directory).file("gateway.yaml", document.getBytes(StandardCharsets.UTF_8));

        List<String> problems = desk.problems();

        assertThat(problems).singleElement().asString().endsWith("is nested more than 64 levels deep");
    }

    static Stream<String> nests() {
        String deeper = IntStream.range(0, 1_000)
                .mapToObj(level -> " ".repeat(level) + "a:\n")
                .reduce("", String::concat);
        return Stream.of("[".repeat(500_000), "a: " + "{a: ".repeat(100_000), deeper, "? ".repeat(400_000));
    }

    @Test
    void sixty_four_levels_are_fine() {
        String nest = "gateway: { retry: " + "[".repeat(62) + "]".repeat(62) + " }";
        Desk desk = new Desk(directory).file(nest);

        List<String> problems = desk.problems();

        assertThat(problems).isEmpty();
    }

    @Test
    void aliases_may_share_parts() {
        Desk desk = new Desk(directory)
                .file(
                        "environment: demo",
                        "environments:",
                        "  base: { openai: &openai { mode: simulated, seed: 4 } }",
                        "  demo: { openai: *openai }");

        GatewayConfig config = desk.read();

        assertThat(config.seed()).isEqualTo(4);
    }

    @Test
    void a_merge_key_lays_a_section_over_a_shared_one() {
        Desk desk = new Desk(directory)
                .file(
                        "environment: demo",
                        "environments:",
                        "  base: &base { isolation_level: relaxed, openai: { mode: simulated } }",
                        "  demo: { <<: *base, isolation_level: strict }");

        GatewayConfig config = desk.read();

        assertThat(config.isolation()).isEqualTo(Isolation.STRICT);
    }

    @Test
    void a_default_file_that_cannot_be_read_is_the_only_problem() {
        Desk desk = new Desk(directory).directory("gateway.yaml").set("environment", "staging");

        List<String> problems = desk.problems();

        assertThat(problems).containsExactly("gateway.config (gateway.yaml): cannot be read: it is a directory");
    }

    @Test
    void aliases_that_multiply_are_refused() {
        StringBuilder bomb = new StringBuilder("gateway:\n  retry:\n    a: &a [1, 1]\n");
        for (char c = 'b'; c <= 'w'; c++) {
            char before = (char) (c - 1);
            bomb.append("    ")
                    .append(c)
                    .append(": &")
                    .append(c)
                    .append(" [*")
                    .append(before)
                    .append(", *");
            bomb.append(before).append("]\n");
        }
        Desk desk = new Desk(directory).file(bomb.toString());

        List<String> problems = desk.problems();

        assertThat(problems)
                .singleElement()
                .asString()
                .endsWith("aliases make the file too large or refer to themselves; write it out");
    }

    @Test
    void a_file_over_one_megabyte_is_refused() {
        byte[] large = ("# " + "x".repeat(1 << 20)).getBytes(StandardCharsets.UTF_8);
        Desk desk = new Desk(directory).file("gateway.yaml", large);

        List<String> problems = desk.problems();

        assertThat(problems)
                .containsExactly("gateway.config (gateway.yaml): is larger than 1 MB; a configuration file is at most"
                        + " that long");
    }

    @Test
    void what_is_not_utf_8_is_refused_with_its_line() {
        byte[] latin1 = "openai: {}\n# Grüße\n".getBytes(StandardCharsets.ISO_8859_1);
        byte[] cutOff = {'#', '\n', '#', '\n', '#', (byte) 0xc3};

        List<String> wrong = new Desk(directory).file("gateway.yaml", latin1).problems();
        List<String> incomplete =
                new Desk(directory).file("gateway.yaml", cutOff).problems();

        assertThat(wrong).containsExactly("gateway.config (gateway.yaml:2): is not valid UTF-8 here; save it as UTF-8");
        assertThat(incomplete)
                .containsExactly("gateway.config (gateway.yaml:3): is not valid UTF-8 here; save it as UTF-8");
    }

    @Test
    void a_byte_order_mark_is_skipped() {
        byte[] bytes = "\uFEFFopenai: { seed: 3 }".getBytes(StandardCharsets.UTF_8);

        GatewayConfig config = new Desk(directory).file("gateway.yaml", bytes).read();

        assertThat(config.seed()).isEqualTo(3);
    }

    @Test
    void whatever_the_bytes_it_ends_in_settings_or_problems() {
        Random random = new Random(20);
        String alphabet = "abo:{}[],-?&*!|>'\"%@` \n\n  #openai mode gateway environments 0\t";
        for (int round = 0; round < 3_000; round++) {
            StringBuilder document = new StringBuilder();
            for (int i = random.nextInt(60); i >= 0; i--) {
                document.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            ByteBuffer bytes = ByteBuffer.wrap(document.toString().getBytes(StandardCharsets.UTF_8));
            Problems problems = new Problems();

            YamlFile.read(new ConfigFile("gateway.yaml", directory, bytes), problems)
                    .ifPresent(tree -> FileContent.of("gateway.yaml", tree, problems));
            GatewayConfigException failure =
                    Assertions.catchThrowableOfType(GatewayConfigException.class, problems::throwIfAny);

            assertThat(failure == null ? List.of() : failure.problems())
                    .allSatisfy(problem -> assertThat(problem.toString()).contains("(gateway.yaml:"));
        }
    }

    @Test
    void a_named_file_that_cannot_be_read_is_a_problem() {
        Desk desk = new Desk(directory).directory("conf");

        List<String> missing =
                Desk.problems(desk.property("gateway.config", "other.yaml").reader());
        List<String> folder =
                Desk.problems(desk.property("gateway.config", "conf").reader());
        List<String> resource = Desk.problems(
                desk.property("gateway.config", "classpath:none.yaml").reader());

        assertThat(missing)
                .containsExactly("gateway.config (system property): cannot read \"other.yaml\": there is no such file");
        assertThat(folder).containsExactly("gateway.config (system property): cannot read \"conf\": it is a directory");
        assertThat(resource)
                .containsExactly("gateway.config (system property): \"classpath:none.yaml\" is not on the class path");
    }

    @Test
    void the_builders_file_comes_before_the_property_before_the_variable_before_the_directory() {
        Desk desk = new Desk(directory)
                .file("openai: { seed: 1 }")
                .file("2.yaml", "openai: { seed: 2 }".getBytes(StandardCharsets.UTF_8))
                .file("conf/3.yaml", "openai: { seed: 3 }".getBytes(StandardCharsets.UTF_8))
                .file("4.yaml", "openai: { seed: 4 }".getBytes(StandardCharsets.UTF_8));

        long found = desk.read().seed();
        long byVariable = desk.variable("GATEWAY_CONFIG", "2.yaml").read().seed();
        long byProperty = desk.property("gateway.config", "conf/3.yaml").read().seed();
        long byBuilder = desk.reader().file(directory.resolve("4.yaml")).read().seed();

        assertThat(found).isEqualTo(1);
        assertThat(byVariable).isEqualTo(2);
        assertThat(byProperty).isEqualTo(3);
        assertThat(byBuilder).isEqualTo(4);
    }

    @Test
    void without_a_file_in_the_directory_the_class_path_is_searched() throws IOException {
        Path resources = Files.createDirectories(directory.resolve("resources"));
        Files.writeString(resources.resolve("gateway.yaml"), "openai: { seed: 5 }");
        Files.writeString(resources.resolve("named.yaml"), "openai: { seed: 6 }");
        Desk desk = new Desk(Files.createDirectories(directory.resolve("work")));
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();

        long found;
        long named;
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {resources.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            found = desk.read().seed();
            named = desk.variable("GATEWAY_CONFIG", "classpath:named.yaml")
                    .read()
                    .seed();
        } finally {
            thread.setContextClassLoader(before);
        }

        assertThat(found).isEqualTo(5);
        assertThat(named).isEqualTo(6);
    }
}
