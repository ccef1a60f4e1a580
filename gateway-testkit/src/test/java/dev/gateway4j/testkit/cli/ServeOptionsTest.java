package dev.gateway4j.testkit.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.spi.StandInProvider;
import dev.gateway4j.simulator.SimulatedOpenAiProvider;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.tls.HandshakeCertificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code serve} makes of its options, with the simulator. */
@Timeout(300)
class ServeOptionsTest {
    private static final String CHAT =
            "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"How is the weather?\"}]}";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    @Test
    void the_banner_says_what_is_served() throws Exception {
        Path scenario = write("weather.yaml", "- { name: weather, when: { user_says: weather }, answer: Sunny }\n");
        Path samples = write("faq.csv", "prompt,answer\nWho are you?,A test\n");

        List<String> lines = banner(
                "serve",
                "--port",
                "0",
                "--seed",
                "7",
                "--scenario",
                scenario.toString(),
                "--seed-data",
                samples.toString(),
                "--faults",
                "429 p=0.1",
                "--limits",
                "tier-1",
                "--latency",
                "fast");

        assertThat(lines.get(0)).matches("Gateway4j simulator listening on http://127\\.0\\.0\\.1:\\d+/v1");
        assertThat(lines.subList(1, lines.size() - 1))
                .containsExactly(
                        "  mode: strict, any key",
                        "  limits: tier-1",
                        "  faults: 429-tokens p=0.1",
                        "  scenarios: 1, samples: 1",
                        "  seed: 7",
                        "  latency: fast");
        assertThat(lines.get(lines.size() - 1)).matches("  admin: http://127\\.0\\.0\\.1:\\d+/__admin");
    }

    @Test
    void everything_that_is_wrong_is_told_at_once() throws Exception {
        Path scenario = write("bad.yaml", "- name: one\n  wen: {}\n  answer: Hi\n- name: two\n");
        Path samples = write("bad.csv", "question,answer\nWho?,Me\n");

        int code = run(
                "serve",
                "--port",
                "70000",
                "--scenario",
                scenario.toString(),
                "--scenario",
                "no/such.yaml",
                "--seed-data",
                samples.toString(),
                "--faults",
                "bad-aftrnoon",
                "--limits",
                "tier-9",
                "--latency",
                "warp",
                "--spec",
                "no/such/spec.yaml",
                "--state",
                "no/such/state.json",
                "--strict",
                "--lenient",
                "--keys",
                "a,b",
                "--no-key",
                "--tls-cert-out",
                "cert.pem",
                "--templates",
                "no/such/directory");

        assertThat(code).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        List<String> lines = err.toString().lines().toList();
        assertThat(lines).allMatch(line -> line.startsWith("gateway-cli: "));
        assertThat(lines)
                .anyMatch(line -> line.contains("--port is 70000"))
                .anyMatch(line -> line.contains("--templates no/such/directory is not a directory"))
                .anyMatch(line -> line.contains("--tls-cert-out cert.pem needs --tls"))
                .anyMatch(line -> line.contains("--strict and --lenient contradict"))
                .anyMatch(line -> line.contains("--keys and --no-key contradict"))
                .anyMatch(line -> line.contains("--limits tier-9: "))
                .anyMatch(line -> line.contains("--faults bad-aftrnoon: ") && line.contains("bad-afternoon"))
                .anyMatch(line -> line.contains("spec.yaml"))
                .anyMatch(line -> line.contains("openai.latency") && line.contains("\"warp\""))
                .anyMatch(line -> line.contains("bad.yaml:2") && line.contains("wen"))
                .anyMatch(line -> line.contains("bad.yaml:4") && line.contains("answer"))
                .anyMatch(line -> line.contains("no/such.yaml"))
                .anyMatch(line -> line.contains("bad.csv"))
                .anyMatch(line -> line.contains("--state no/such/state.json: it cannot be read"));
    }

    @Test
    void a_broken_template_is_told_with_file_and_line() throws Exception {
        Path ignored = write("templates/10.mustache", "Hello {{#upper}}you\n");

        int code = run(
                "serve",
                "--port",
                "0",
                "--templates",
                directory.resolve("templates").toString());

        assertThat(ignored).exists();
        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains("10.mustache:");
    }

    @Test
    void what_only_the_simulator_understands_is_refused_for_another_stand_in() {
        int code = GatewayCli.run(
                List.of(new CannedProvider()), writer(out), writer(err), "serve", "--lenient", "--faults", "500");

        assertThat(code).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(
                        "gateway-cli: --faults is for the simulator; \"canned\" is none",
                        "gateway-cli: --lenient is for the simulator; \"canned\" is none");
    }

    @Test
    void strict_asks_for_a_key_and_obeys_the_header_of_faults() throws Exception {
        serving(List.of(), (client, baseUrl) -> {
            assertThat(status(client, baseUrl, "gpt-4o", "")).isEqualTo(401);
            assertThat(status(client, baseUrl, "gpt-4o", "Bearer sk-test-blue-0000"))
                    .isEqualTo(200);
            assertThat(status(client, baseUrl, "gpt-9", "Bearer sk-test-blue-0000"))
                    .isEqualTo(404);
            assertThat(status(client, baseUrl.replace("/v1", ""), "gpt-4o", "Bearer sk-test-blue-0000"))
                    .isEqualTo(200);
            Request struck = chat(baseUrl, "gpt-4o", "Bearer sk-test-blue-0000")
                    .header("x-gateway-sim", "fault=503")
                    .build();
            try (Response response = client.newCall(struck).execute()) {
                assertThat(response.code()).isEqualTo(503);
            }
        });
    }

    @Test
    void lenient_takes_any_model_and_no_key_with_or_without_a_version() throws Exception {
        serving(List.of("--lenient"), (client, baseUrl) -> {
            assertThat(status(client, baseUrl, "gpt-9", "")).isEqualTo(200);
            assertThat(status(client, baseUrl.replace("/v1", ""), "gpt-9", "")).isEqualTo(200);
        });
    }

    @Test
    void only_listed_keys_are_good_if_some_are() throws Exception {
        serving(List.of("--keys", "sk-test-red-0000,sk-test-blue-0000"), (client, baseUrl) -> {
            assertThat(status(client, baseUrl, "gpt-4o", "Bearer sk-test-blue-0000"))
                    .isEqualTo(200);
            assertThat(status(client, baseUrl, "gpt-4o", "Bearer key-1")).isEqualTo(401);
            try (Response response = client.newCall(
                            chat(baseUrl, "gpt-4o", "Bearer sk-test-green-0000").build())
                    .execute()) {
                assertThat(response.code()).isEqualTo(401);
                assertThat(response.body().string())
                        .contains("Incorrect API key provided: sk-test-******0000. You can find");
            }
        });
    }

    @Test
    void with_tls_the_written_certificate_is_the_one_to_trust() throws Exception {
        Path pem = directory.resolve("cert.pem");

        serving(List.of("--tls", "--tls-cert-out", pem.toString()), (plain, baseUrl) -> {
            assertThat(baseUrl).startsWith("https://127.0.0.1:");
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(Files.newInputStream(pem));
            HandshakeCertificates trust = new HandshakeCertificates.Builder()
                    .addTrustedCertificate(certificate)
                    .build();
            OkHttpClient client = plain.newBuilder()
                    .sslSocketFactory(trust.sslSocketFactory(), trust.trustManager())
                    .build();
            assertThat(status(client, baseUrl, "gpt-4o", "Bearer sk-test-blue-0000"))
                    .isEqualTo(200);
            assertThat(status(client, baseUrl.replace("127.0.0.1", "localhost"), "gpt-4o", "Bearer sk-test-blue-0000"))
                    .isEqualTo(200);
        });
    }

    @Test
    void samples_are_made_anonymous() throws Exception {
        Path from = write("prod.jsonl", "{\"prompt\":\"Write to anna@firm.example\",\"answer\":\"Done\"}\n");
        Path to = directory.resolve("samples.jsonl");

        int code = run("anonymise", from.toString(), to.toString(), "--seed", "7");

        assertThat(code).isZero();
        assertThat(out.toString())
                .isEqualTo(to + ": 1 email (1 different values) replaced; look at it, not every name is known"
                        + System.lineSeparator());
        assertThat(Files.readString(to)).doesNotContain("anna@firm.example").contains("\"answer\":\"Done\"");
        assertThat(run("anonymise", from.toString(), from.toString())).isEqualTo(2);
        assertThat(run("anonymise", "no/such.jsonl", to.toString())).isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly(
                        "gateway-cli: " + from + " is the file that is read; name another for the copy",
                        "gateway-cli: no/such.jsonl cannot be read");
    }

    @Test
    void a_latency_profile_is_fitted_and_can_be_served() throws Exception {
        StringBuilder calls = new StringBuilder();
        for (int i = 1; i <= 20; i++) {
            calls.append("{\"total_ms\":")
                    .append(100 + 10 * i)
                    .append(",\"output_tokens\":")
                    .append(i)
                    .append("}\n");
        }
        Path file = write("calls.jsonl", calls.toString());

        assertThat(run("latency", "fit", file.toString(), "--name", "ours")).isZero();

        List<String> lines = out.toString().lines().toList();
        assertThat(lines.get(0)).startsWith("# name,base,token,header");
        assertThat(lines.get(1)).startsWith("ours,");
        assertThat(lines.get(2)).matches("# 20 calls, distance 0\\.\\d{3} \\(Kolmogorov-Smirnov\\)");
        Path profile = write("latency.csv", out.toString());
        assertThat(banner("serve", "--port", "0", "--latency", "file:" + profile + "#ours"))
                .contains("  latency: file:" + profile + "#ours");
        assertThat(run("latency", "fit", "no/such.jsonl")).isEqualTo(1);
        assertThat(err.toString()).contains("gateway-cli: no/such.jsonl cannot be read");
    }

    private interface Use {
        void of(OkHttpClient client, String baseUrl) throws Exception;
    }

    /** Serves in a process of its own, as long as it is used. */
    private static void serving(List<String> options, Use use) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path", ""),
                GatewayCli.class.getName(),
                "serve",
                "--port",
                "0"));
        command.addAll(options);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (BufferedReader lines = process.inputReader(UTF_8)) {
            String line = lines.readLine();
            assertThat(line).startsWith("Gateway4j simulator listening on ");
            use.of(new OkHttpClient(), line.substring(line.indexOf("http")));
        } finally {
            process.destroyForcibly();
        }
    }

    private static int status(OkHttpClient client, String baseUrl, String model, String authorization)
            throws Exception {
        try (Response response =
                client.newCall(chat(baseUrl, model, authorization).build()).execute()) {
            return response.code();
        }
    }

    private static Request.Builder chat(String baseUrl, String model, String authorization) {
        Request.Builder request = new Request.Builder()
                .url(baseUrl + "/chat/completions")
                .post(RequestBody.create(CHAT.formatted(model), MediaType.get("application/json")));
        return authorization.isEmpty() ? request : request.header("Authorization", authorization);
    }

    /** What is printed by a server that ends at once. */
    private List<String> banner(String... args) {
        out.getBuffer().setLength(0);
        Thread.currentThread().interrupt();
        int code = run(args);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        return out.toString().lines().toList();
    }

    private int run(String... args) {
        return GatewayCli.run(List.<StandInProvider>of(new SimulatedOpenAiProvider()), writer(out), writer(err), args);
    }

    private Path write(String name, String text) throws Exception {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static PrintWriter writer(StringWriter text) {
        return new PrintWriter(text, true);
    }
}
