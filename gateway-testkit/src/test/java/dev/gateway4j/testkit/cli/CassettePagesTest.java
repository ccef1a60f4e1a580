package dev.gateway4j.testkit.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.call.Cost;
import dev.gateway4j.api.call.Ending;
import dev.gateway4j.api.config.CassetteConfig;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.spi.PriceBook;
import dev.gateway4j.api.spi.WireRefusal;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.cassette.CassettePlayer;
import dev.gateway4j.cassette.Cassettes;
import dev.gateway4j.cassette.RecordedResponse;
import dev.gateway4j.cassette.Sender;
import dev.gateway4j.testkit.Recordings;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the pages show about cassettes is loaded, compiled and run here. */
@Timeout(300)
class CassettePagesTest {
    private static final Path PAGE = Path.of("../docs/cassettes.md");
    private static final Path SERVE = Path.of("../docs/serve.md");
    private static final String IMPORTS = """
            import static org.assertj.core.api.Assertions.assertThat;
            import dev.gateway4j.api.TimeSource;
            import dev.gateway4j.api.config.*;
            import dev.gateway4j.api.spi.PriceBook;
            import dev.gateway4j.cassette.*;
            import dev.gateway4j.testkit.*;
            import java.math.BigDecimal;
            import java.nio.file.Path;
            import okhttp3.OkHttpClient;
            import org.junit.jupiter.api.Test;
            """;

    @TempDir
    Path directory;

    private Path cassettes = Path.of("");

    @BeforeEach
    void record() {
        cassettes = directory.resolve("cassettes");
        Recordings.save(cassettes, "chat-basic", Recordings.exchange(Recordings.HELLO, Recordings.HI));
    }

    @Test
    void the_settings_load_together() throws Exception {
        // The first block is a file; the others are parts of its section of cassettes.
        String file = String.join("", fenced(PAGE, "yaml"));

        CassetteConfig read = GatewayConfig.reader()
                .properties(Map.of())
                .variables(Map.of())
                .file(Files.writeString(directory.resolve("gateway.yaml"), file))
                .read()
                .cassettes();

        assertThat(read.directory()).isEqualTo(cassettes.toRealPath().toString());
        assertThat(read.expiresAfter()).contains(Duration.ofDays(90));
        assertThat(read.match().headers()).containsExactly("OpenAI-Beta");
        assertThat(read.match().azureAsOpenAi()).isTrue();
        assertThat(read.match().body()).hasSize(3);
        assertThat(read.recordMissing()).isTrue();
        assertThat(read.scrub().headers()).containsExactly("X-Tenant-Region");
        assertThat(read.scrub().pii()).hasSize(2);
        assertThat(read.scrub().names()).containsExactly("Ada Lovelace");
    }

    @Test
    void the_properties_choose_the_mode() throws Exception {
        List<String> modes = Pattern.compile("-D(gateway\\.mode)=(\\w+)")
                .matcher(Files.readString(PAGE))
                .results()
                .map(property -> GatewayConfig.reader()
                        .properties(Map.of("gateway.environment", "testing", property.group(1), property.group(2)))
                        .variables(Map.of("OPENAI_API_KEY", "sk-test-blue-0000"))
                        .read()
                        .mode()
                        .id())
                .distinct()
                .toList();

        assertThat(modes).containsExactlyInAnyOrder("replay", "record");
    }

    @Test
    void the_programs_compile_and_do_what_they_say() throws Exception {
        List<String> blocks = fenced(PAGE, "java");
        assertThat(blocks).hasSize(4);
        Class<?> page = compiled(
                "Page",
                "public class Page {\n"
                        + "public static void lint(GatewayConfig config) {\n" + blocks.get(0) + "}\n"
                        + "public static Object[] care(Cassettes cassettes, PriceBook prices, Sender sender) {\n"
                        + blocks.get(1)
                        + blocks.get(2)
                        + "return new Object[] {drift.sent(), drift.findings().size(), outcome.sent()}; }\n"
                        + "public static Object last() {\n" + blocks.get(3) + "return player.unused(); }\n}\n");
        Cassettes recorded = Cassettes.at(cassettes);
        RecordedResponse answer =
                recorded.load("chat-basic").interactions().get(0).response();
        PriceBook prices = (model, usage, at) -> new Cost.Known(new BigDecimal("0.01"));
        Sender sender = request -> answer;
        GatewayConfig config = GatewayConfig.reader()
                .properties(Map.of())
                .variables(Map.of())
                .set("environment", "testing")
                .read();

        Object linted = page.getMethod("lint", GatewayConfig.class).invoke(null, config);
        Object[] cared = (Object[]) page.getMethod("care", Cassettes.class, PriceBook.class, Sender.class)
                .invoke(null, recorded, prices, sender);
        Object unused = page.getMethod("last").invoke(null);

        assertThat(linted).isNull();
        assertThat(cared).containsExactly(1, 0, 0);
        assertThat(unused).isEqualTo(Map.of());
    }

    @Test
    void the_refusal_reads_as_it_is_shown() throws Exception {
        CassettePlayer player = CassettePlayer.builder().directory(cassettes).build();
        byte[] body = Recordings.chat("Something else").getBytes(UTF_8);
        WireRequest request = new WireRequest(
                "call-1",
                1,
                "POST",
                "https",
                "api.openai.com",
                "/v1/chat/completions",
                "",
                "/v1/chat/completions",
                WireHeaders.empty(),
                CallTags.none().withCassette("chat-basic"),
                body,
                TimeSource.system().nanos());

        WireRefusal refused = (WireRefusal) player.answer(request);

        String shown = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("    No interaction in cassette"))
                .findFirst()
                .orElseThrow()
                .strip();
        assertThat(shown).endsWith(" ...");
        assertThat(refused.refusal().message()).startsWith(shown.substring(0, shown.length() - 4));
    }

    @Test
    void the_members_and_endings_of_ours_are_listed() throws Exception {
        String page = Files.readString(PAGE);

        assertThat(page)
                .contains(
                        "`" + RecordedResponse.CHUNKS + "`",
                        "`" + RecordedResponse.ENDING + "`",
                        "`" + RecordedResponse.LAYOUT + ": compact`",
                        "`" + RecordedResponse.RECORDED_AT + "`");
        for (Ending ending : Ending.values()) {
            if (ending != Ending.COMPLETED && ending != Ending.REFUSED) {
                assertThat(page).contains("`" + ending.id() + "`");
            }
        }
    }

    @Test
    void the_test_of_the_readme_compiles() throws Exception {
        Matcher shown =
                Pattern.compile("(?m)(?:^    .*\n)+").matcher(after(Path.of("README.md"), "### With a cassette"));
        assertThat(shown.find()).isTrue();

        Class<?> test =
                compiled("Shown", "public class Shown {\n" + shown.group().replace("{ ... }", "{}") + "}\n");

        assertThat(test.getDeclaredMethods()).hasSize(1);
    }

    @Test
    void the_commands_are_used_rightly() throws Exception {
        List<String> commands = Files.readAllLines(SERVE).stream()
                .filter(line -> line.startsWith("    java -jar gateway-cli.jar cassettes "))
                .toList();
        assertThat(commands).hasSize(5);

        for (String command : commands) {
            List<String> words = new ArrayList<>(
                    List.of(command.strip().replaceAll(" \\[[^\\]]*\\]", "").split(" ")));
            List<String> arguments = new ArrayList<>(words.subList(3, words.size()));
            arguments.set(2, cassettes.toString());
            arguments.replaceAll(word -> word.equals("NAME...") ? "chat-basic" : word);
            if (List.of("verify", "rerecord").contains(arguments.get(1))) {
                arguments.add("--dry-run");
            }
            StringWriter out = new StringWriter();

            int exit = GatewayCli.run(
                    List.of(),
                    new PrintWriter(out, true),
                    new PrintWriter(out, true),
                    arguments.toArray(String[]::new));

            assertThat(exit).as(arguments + "\n" + out).isZero();
        }
    }

    private Class<?> compiled(String name, String program) throws Exception {
        Path source = Files.writeString(
                directory.resolve(name + ".java"),
                (IMPORTS + program).replace("Path.of(\"cassettes\")", "Path.of(\"" + cassettes + "\")"));
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int exit = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        errors,
                        "-proc:none",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        directory.toString(),
                        source.toString());
        assertThat(exit).as(errors.toString(UTF_8)).isZero();
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {directory.toUri().toURL()}, getClass().getClassLoader())) {
            Class<?> loaded = loader.loadClass(name);
            assertThat(loaded.getDeclaredMethods()).isNotEmpty();
            return loaded;
        }
    }

    private static List<String> fenced(Path page, String language) throws Exception {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(page))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }

    private static String after(Path page, String heading) throws Exception {
        String text = Files.readString(page);
        assertThat(text).contains(heading);
        return text.substring(text.indexOf(heading));
    }
}
