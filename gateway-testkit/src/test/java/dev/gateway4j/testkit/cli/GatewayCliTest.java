package dev.gateway4j.testkit.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.Mode;
import dev.gateway4j.api.config.ResponseType;
import dev.gateway4j.api.spi.StandInProvider;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class GatewayCliTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CannedProvider canned = new CannedProvider();

    @Test
    void serve_says_its_address_answers_and_ends_with_0_on_sigterm() throws Exception {
        Process process = process("serve", "--port", "0");
        try (BufferedReader lines = process.inputReader(UTF_8)) {
            String line = lines.readLine();
            assertThat(line).matches("Gateway4j simulator listening on http://127\\.0\\.0\\.1:\\d+/v1");
            String baseUrl = line.substring(line.indexOf("http"));

            HttpResponse<String> response = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(baseUrl + "/models"))
                                    .build(),
                            BodyHandlers.ofString());
            process.toHandle().destroy(); // SIGTERM, and leaves the streams open

            assertThat(response.body()).contains("gpt-4o-mini");
            assertThat(process.waitFor()).isZero();
            assertThat(process.errorReader(UTF_8).lines()).isEmpty();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void serve_ends_with_130_on_sigint() throws Exception {
        Process process = process("serve", "--port", "0");
        try (BufferedReader lines = process.inputReader(UTF_8)) {
            assertThat(lines.readLine()).contains("listening");

            assertThat(new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                            .start()
                            .waitFor())
                    .isZero();

            assertThat(process.waitFor()).isEqualTo(130);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void a_port_in_use_is_one_line_and_exit_code_1() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int code = run("serve", "--port", Integer.toString(taken.getLocalPort()));

            assertThat(code).isEqualTo(1);
            assertThat(err.toString().lines())
                    .singleElement()
                    .asString()
                    .startsWith("gateway-cli: port " + taken.getLocalPort() + " on 127.0.0.1 cannot be used")
                    .endsWith("choose another with --port, or --port 0 for a free one");
        }
    }

    @Test
    void a_latency_nobody_knows_is_one_line_and_exit_code_2() {
        int code = run("serve", "--port", "0", "--latency", "warp");

        assertThat(code).isEqualTo(2);
        assertThat(err.toString().lines()).singleElement().asString().contains("openai.latency", "\"warp\"");
    }

    @Test
    void a_port_out_of_range_and_a_missing_directory_are_one_line_and_exit_code_2() {
        assertThat(run("serve", "--port", "70000")).isEqualTo(2);
        assertThat(run("serve", "--templates", "no/such/directory")).isEqualTo(2);

        assertThat(err.toString().lines())
                .containsExactly(
                        "gateway-cli: --port is 70000; a port lies between 0 and 65535",
                        "gateway-cli: --templates no/such/directory is not a directory");
    }

    @Test
    void serve_hands_its_options_to_the_simulator(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(
                directory.resolve("g.yaml"), "environments: { development: { openai: { seed: 3 } } }\n");
        Thread.currentThread().interrupt(); // ends the serving at once

        int code = run(
                "serve",
                "--port",
                "0",
                "--seed",
                "42",
                "--latency",
                "instant",
                "--config",
                file.toString(),
                "--templates",
                directory.toString());

        assertThat(Thread.interrupted()).isTrue();
        assertThat(code).isZero();
        assertThat(canned.seeds).containsExactly(42L);
        assertThat(canned.settings).singleElement().satisfies(settings -> {
            assertThat(settings.mode()).isEqualTo(Mode.SIMULATED);
            assertThat(settings.rule("/v1/chat/completions", Optional.empty())).hasValueSatisfying(rule -> {
                assertThat(rule.type()).isEqualTo(ResponseType.TEMPLATE);
                assertThat(rule.templates()).hasValue(directory.toAbsolutePath());
            });
        });
    }

    @Test
    void no_simulator_or_several_are_one_line_and_exit_code_1() {
        assertThat(GatewayCli.run(List.of(), writer(out), writer(err), "serve")).isEqualTo(1);
        assertThat(GatewayCli.run(List.of(canned, canned), writer(out), writer(err), "serve"))
                .isEqualTo(1);

        assertThat(err.toString().lines())
                .containsExactly(
                        "gateway-cli: no simulator on the class path; add dev.gateway4j:gateway-simulator",
                        "gateway-cli: several simulators on the class path, leave one of them: canned, canned");
    }

    @Test
    void config_check_prints_the_settings_in_force(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("gateway.yaml");
        Path secret = Files.writeString(directory.resolve("key"), "sk-test-blue-0000");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(file, """
                environments:
                  staging:
                    openai:
                      mode: passthrough
                      models: { gpt-4o: gpt-4o-mini }
                      credentials:
                        keys:
                          - { name: blue, api_key: "file:%s", weight: 2 }
                          - { name: idle, api_key: "file:%s", models: [] }
                    gateway: { rate_limits: { per_user: { requests_per_minute: 5 } } }
                """.formatted(secret, secret));

        int code = run("config", "check", file.toString(), "--environment", "staging");

        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        assertThat(out.toString().lines())
                .contains(
                        "environment: staging (profile staging)",
                        "openai.mode: passthrough",
                        "upstreams.openai: openai https://api.openai.com/v1",
                        "key blue: upstream openai, weight 2, every model",
                        "key idle: upstream openai, weight 1, no model",
                        "gateway.rate_limits.per_user.requests_per_minute: 5",
                        "openai.models.gpt-4o: gpt-4o-mini");
        assertThat(out.toString()).doesNotContain("sk-test-blue-0000");
    }

    @Test
    void config_check_prints_every_problem_one_a_line_and_ends_with_1(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("gateway.yaml"), """
                environments:
                  development:
                    openai: { mode: simulatd }
                    gateway: { errors: rude }
                """);

        int code = run("config", "check", file.toString(), "--environment", "development");

        assertThat(code).isEqualTo(1);
        assertThat(err.toString().lines()).hasSize(2).allMatch(line -> line.startsWith("gateway-cli: "));
        assertThat(err.toString()).contains("simulatd", "rude");
    }

    @Test
    void config_check_says_when_there_is_no_such_file() {
        assertThat(run("config", "check", "no/such/file.yaml")).isEqualTo(1);

        assertThat(err.toString().strip()).isEqualTo("gateway-cli: no/such/file.yaml cannot be read");
    }

    @Test
    void help_and_version_are_answers_and_nothing_to_do_is_wrong_use() {
        assertThat(run("--help")).isZero();
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).contains("serve", "config", "gateway4j ");
        assertThat(run()).isEqualTo(2);
        assertThat(run("brew")).isEqualTo(2);
    }

    private int run(String... args) {
        return GatewayCli.run(List.<StandInProvider>of(canned), writer(out), writer(err), args);
    }

    private static PrintWriter writer(StringWriter text) {
        return new PrintWriter(text, true);
    }

    private static Process process(String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path", ""),
                CannedCli.class.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command).start();
    }
}
