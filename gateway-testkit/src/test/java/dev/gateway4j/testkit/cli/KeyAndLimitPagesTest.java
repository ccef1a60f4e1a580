package dev.gateway4j.testkit.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.KeyConfig.Selection;
import dev.gateway4j.api.config.LogLevel;
import dev.gateway4j.api.config.RateLimitConfig;
import dev.gateway4j.api.config.UpstreamKey;
import dev.gateway4j.api.limit.LimitRule;
import dev.gateway4j.okhttp.Gateway;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the pages show about keys, environments and limits is loaded, compiled and run here. */
@Timeout(60)
class KeyAndLimitPagesTest {
    private static final Path KEYS = Path.of("../docs/keys-and-environments.md");
    private static final Path LIMITS = Path.of("../docs/limits.md");
    private static final String FAKE = "sk-test-pages-";
    private static final Map<String, String> VARIABLES = Map.of(
            "OPENAI_API_KEY_PRODUCTION_BLUE", FAKE + "production-blue-0000",
            "OPENAI_API_KEY_PRODUCTION_GREEN", FAKE + "production-green-0000",
            "OPENAI_API_KEY_STAGING", FAKE + "staging-0000",
            "STAGING_BLUE", FAKE + "blue-0000",
            "STAGING_GREEN", FAKE + "green-0000",
            "STAGING_SPARE", FAKE + "spare-0000",
            "STAGING_2026", FAKE + "2026-0000",
            "STAGING_2027", FAKE + "2027-0000",
            "AZURE_BLUE", FAKE + "azure-0000",
            "NEXT_SEAL", "a password for the pages");
    private static final String IMPORTS = """
            import dev.gateway4j.api.*;
            import dev.gateway4j.api.call.*;
            import dev.gateway4j.api.config.UpstreamKey;
            import dev.gateway4j.api.limit.LimitStatus;
            import dev.gateway4j.api.spi.KeySource;
            import dev.gateway4j.okhttp.Gateway;
            import io.github.bucket4j.distributed.proxy.ProxyManager;
            import java.util.List;
            import okhttp3.*;
            """;

    @TempDir
    Path directory;

    @Test
    void the_two_environments_differ_as_the_page_says() throws Exception {
        secret("staging-blue.key", FAKE + "staging-blue-0000");

        GatewayConfig staging = read(fenced(KEYS, "yaml").get(0), "staging");
        GatewayConfig production = read(fenced(KEYS, "yaml").get(0), "production");

        assertThat(staging.keys()).extracting(UpstreamKey::name).containsExactly("staging-blue");
        assertThat(production.keys())
                .extracting(UpstreamKey::name)
                .containsExactly("production-blue", "production-green");
        assertThat(staging.logging()).isEqualTo(LogLevel.VERBOSE);
        assertThat(production.logging()).isEqualTo(LogLevel.ESSENTIAL);
    }

    @Test
    void the_settings_of_keys_load_one_by_one() throws Exception {
        List<String> blocks = fenced(KEYS, "yaml");
        assertThat(blocks).hasSize(6);
        secret("fingerprint.key", "fingerprints-for-the-pages");
        seal();

        GatewayConfig pool = read(blocks.get(1), "staging");
        List<GatewayConfig> others = new ArrayList<>();
        for (String block : blocks.subList(2, 6)) {
            others.add(read(block, "staging"));
        }

        assertThat(pool.keyConfig().selection()).isEqualTo(Selection.LEAST_LOADED);
        assertThat(pool.keys().get(1).allows(Optional.of("gpt-4o-mini"))).isTrue();
        assertThat(pool.keys().get(1).allows(Optional.of("gpt-4o-realtime-preview")))
                .isFalse();
        assertThat(pool.keys().get(2).allows(Optional.of("gpt-4o"))).isFalse();
        assertThat(others).extracting(config -> config.keys().size()).containsExactly(1, 2, 1, 1);
    }

    @Test
    void the_settings_of_the_readme_load() throws Exception {
        secret("green.key", FAKE + "green-file-0000");

        GatewayConfig config = read(fenced(Path.of("../README.md"), "yaml").get(0), "staging");

        assertThat(config.keys()).extracting(UpstreamKey::name).containsExactly("blue", "green");
        assertThat(config.rateLimits().rules()).hasSize(2);
    }

    @Test
    void the_commands_seal_a_key() throws Exception {
        String said = seal();

        assertThat(said)
                .contains("blue of staging is sealed", "has another value")
                .doesNotContain("sk-test");
    }

    @Test
    void the_command_prints_fingerprints() throws Exception {
        secret("fingerprint.key", "fingerprints-for-the-pages");
        Path file = Files.writeString(
                directory.resolve("gateway.yaml"), fenced(KEYS, "yaml").get(4));
        String command = Files.readAllLines(KEYS).stream()
                .filter(line -> line.contains("keys fingerprint "))
                .findFirst()
                .orElseThrow();
        StringWriter said = new StringWriter();

        int exit = GatewayCli.run(
                List.of(),
                Map.of("OPENAI_API_KEY_PRODUCTION", FAKE + "production-0000")::get,
                new Piped(""),
                new PrintWriter(said, true),
                new PrintWriter(said, true),
                command.replace("gateway.yaml", file.toString())
                        .strip()
                        .substring("java -jar gateway-cli.jar ".length())
                        .split(" ", -1));

        assertThat(exit).as(said.toString()).isZero();
        assertThat(said.toString()).containsPattern("production +[0-9a-f]{16}").doesNotContain("sk-test");
    }

    @Test
    void the_programs_about_keys_compile_and_run() throws Exception {
        List<String> blocks = fenced(KEYS, "java");
        assertThat(blocks).hasSize(2);
        Class<?> page = compiled(
                "KeyPage",
                "public static void status(Gateway gateway) {\n" + blocks.get(0) + "}\n"
                        + "public static Gateway vault(String valueFromYourVault) {\n" + blocks.get(1)
                        + "return gateway; }\n");

        try (Gateway gateway = (Gateway) page.getMethod("vault", String.class).invoke(null, FAKE + "vault-0000")) {
            page.getMethod("status", Gateway.class).invoke(null, gateway);

            assertThat(gateway.keys()).singleElement().satisfies(key -> assertThat(key.name())
                    .isEqualTo("blue"));
        }
    }

    @Test
    void the_settings_of_limits_load() throws Exception {
        List<String> blocks = fenced(LIMITS, "yaml");
        assertThat(blocks).hasSize(2);

        RateLimitConfig first = read(blocks.get(0), "staging").rateLimits();
        RateLimitConfig production = read(
                        blocks.get(1), "production", Map.of("OPENAI_API_KEY_PRODUCTION", FAKE + "production-0000"))
                .rateLimits();
        RateLimitConfig mirrored = read(blocks.get(1), "staging").rateLimits();

        assertThat(first.rules()).hasSize(3);
        assertThat(production.rules()).hasSize(11);
        assertThat(mirrored.rules()).extracting(LimitRule::amount).contains(60L, 20L, 2L);
        assertThat(mirrored.onLimit()).isEqualTo(RateLimitConfig.OnLimit.WAIT);
    }

    @Test
    void the_programs_about_limits_compile_and_run() throws Exception {
        List<String> blocks = fenced(LIMITS, "java");
        assertThat(blocks).hasSize(4);
        Class<?> page = compiled(
                "LimitPage",
                "public static Request request(RequestBody body) {\n" + blocks.get(0) + "return request; }\n"
                        + "public static OkHttpClient patient(Gateway gateway) {\n" + blocks.get(1) + "return http; }\n"
                        + "public static Gateway stored(ProxyManager<String> store) {\n" + blocks.get(2)
                        + "return gateway; }\n"
                        + "public static void view(Gateway gateway) {\n" + blocks.get(3) + "}\n");
        GatewayConfig config = read(fenced(LIMITS, "yaml").get(0), "staging");

        try (Gateway gateway = Gateway.builder().config(config).build()) {
            Request request = (Request)
                    page.getMethod("request", RequestBody.class).invoke(null, RequestBody.create(new byte[0]));
            OkHttpClient patient =
                    (OkHttpClient) page.getMethod("patient", Gateway.class).invoke(null, gateway);
            page.getMethod("view", Gateway.class).invoke(null, gateway);

            assertThat(request.url().host()).isEqualTo("api.openai.com");
            assertThat(patient.dispatcher().getMaxRequestsPerHost()).isEqualTo(64);
        }
    }

    /** Does what the page shows, and answers what was printed. */
    private String seal() throws Exception {
        List<String> commands = Files.readAllLines(KEYS).stream()
                .filter(line -> line.startsWith("    java -jar gateway-cli.jar keys "))
                .filter(line -> line.contains("keys.sealed"))
                .toList();
        assertThat(commands).hasSize(5);
        StringWriter said = new StringWriter();
        int value = 0;
        for (String command : commands) {
            String[] arguments = command.replace(
                            "keys.sealed", directory.resolve("keys.sealed").toString())
                    .strip()
                    .substring("java -jar gateway-cli.jar ".length())
                    .split(" ", -1);
            String piped = FAKE + "sealed-000" + value++;

            int exit = GatewayCli.run(
                    List.of(),
                    Map.of("SEAL", "the first password", "NEXT_SEAL", "a password for the pages")::get,
                    new Piped(piped),
                    new PrintWriter(said, true),
                    new PrintWriter(said, true),
                    arguments);

            assertThat(exit).as(command + "\n" + said).isZero();
        }
        return said.toString();
    }

    private record Piped(String value) implements Keyboard {
        @Override
        public Optional<char[]> ask(String question) {
            return Optional.empty();
        }

        @Override
        public boolean attended() {
            return false;
        }

        @Override
        public InputStream piped() {
            return new ByteArrayInputStream(value.getBytes(UTF_8));
        }
    }

    private void secret(String name, String value) throws Exception {
        Path file = Files.createDirectories(directory.resolve("secrets")).resolve(name);
        Files.writeString(file, value);
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    private GatewayConfig read(String yaml, String environment) throws Exception {
        return read(yaml, environment, VARIABLES);
    }

    private GatewayConfig read(String yaml, String environment, Map<String, String> variables) throws Exception {
        return GatewayConfig.reader()
                .properties(Map.of("gateway.environment", environment))
                .variables(variables)
                .file(Files.writeString(directory.resolve("gateway.yaml"), yaml))
                .read();
    }

    private Class<?> compiled(String name, String methods) throws Exception {
        Path source = Files.writeString(
                directory.resolve(name + ".java"), IMPORTS + "public class " + name + " {\n" + methods + "}\n");
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
}
