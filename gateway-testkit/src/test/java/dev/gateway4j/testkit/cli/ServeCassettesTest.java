package dev.gateway4j.testkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.spi.StandInProvider;
import dev.gateway4j.cassette.Cassettes;
import dev.gateway4j.cassette.Interaction;
import dev.gateway4j.simulator.SimulatedOpenAi;
import dev.gateway4j.testkit.GatewayServer;
import dev.gateway4j.testkit.Recordings;
import java.io.BufferedReader;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code serve --cassettes}, asked by a plain HTTP client. */
@Timeout(300)
class ServeCassettesTest {
    private static final String KEY = "sk-test-canary-0000-abcdefgh";

    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    @BeforeEach
    void record() {
        Recordings.save(directory, "hello", Recordings.exchange(Recordings.HELLO, Recordings.HI));
    }

    @Test
    void recordings_answer_by_name_and_without_one() throws Exception {
        try (Running serve = serve(Map.of(), "--cassettes", directory.toString())) {
            assertThat(serve.banner).contains("  cassettes: 1 in " + directory, "  form: gateway, timing: as set");

            assertThat(serve.ask("hello", Recordings.HELLO).body()).isEqualTo(Recordings.HI);
            assertThat(serve.ask("", Recordings.HELLO).body()).isEqualTo(Recordings.HI);
        }
    }

    @Test
    void without_compat_refusals_are_those_of_the_gateway() throws Exception {
        try (Running serve = serve(Map.of(), "--cassettes", directory.toString())) {
            HttpResponse<String> mismatch = serve.ask("hello", Recordings.chat("Bye"));
            HttpResponse<String> missing = serve.ask("nobody", Recordings.HELLO);

            assertThat(mismatch.statusCode()).isEqualTo(409);
            assertThat(mismatch.body()).contains("gateway_cassette_mismatch", "/messages/0/content");
            assertThat(missing.statusCode()).isEqualTo(404);
            assertThat(missing.body()).contains("gateway_no_cassette");
        }
    }

    @Test
    void with_compat_errors_are_those_of_envoys_test_server() throws Exception {
        try (Running serve = serve(Map.of(), "--cassettes", directory.toString(), "--compat")) {
            HttpResponse<String> mismatch = serve.ask("hello", Recordings.chat("Bye"));
            HttpResponse<String> missing = serve.ask("nobody", Recordings.HELLO);
            HttpResponse<String> azure = serve.ask("azure-nobody", Recordings.HELLO);
            HttpResponse<String> unnamed = serve.ask("", Recordings.chat("Bye"));

            assertThat(mismatch.statusCode()).isEqualTo(409);
            assertThat(mismatch.body())
                    .isEqualTo("TestOpenAI Error: Interaction out of date for POST /v1/chat/completions. To re-record,"
                            + " delete " + directory + "/hello.yaml and re-run with OPENAI_API_KEY set.\n");
            assertThat(missing.statusCode()).isEqualTo(500);
            assertThat(missing.body())
                    .isEqualTo(
                            "TestOpenAI Error: No cassette found for POST /v1/chat/completions. To record OpenAI"
                                    + " cassettes, set OPENAI_API_KEY environment variable and provide X-Cassette-Name header.\n");
            assertThat(azure.body())
                    .contains("To record Azure cassettes, set AZURE_OPENAI_API_KEY, AZURE_OPENAI_ENDPOINT,"
                            + " AZURE_OPENAI_DEPLOYMENT, and OPENAI_API_VERSION environment variables");
            assertThat(unnamed.statusCode()).isEqualTo(500);
            assertThat(unnamed.body()).contains("--- Actual Request Details ---\nMethod:      POST\n");
            assertThat(List.of(mismatch, missing, azure, unnamed)).allSatisfy(answer -> {
                assertThat(answer.headers().firstValue("X-TestOpenAI-Error")).contains("true");
                assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
            });
        }
    }

    @Test
    void what_is_missing_is_recorded_while_it_streams_through_and_replayed_from_then_on() throws Exception {
        SimulatedOpenAi simulator =
                SimulatedOpenAi.builder().latency("instant").seed(7).build();
        String streamed = Recordings.chat("Tell me a story").replace("{\"model\"", "{\"stream\":true,\"model\"");
        try (GatewayServer upstream = GatewayServer.builder(simulator)
                        .time(TimeSource.system())
                        .start();
                Running serve = serve(
                        Map.of("OPENAI_API_KEY", KEY, "OPENAI_BASE_URL", upstream.baseUrl()),
                        "--cassettes",
                        directory.toString(),
                        "--record",
                        "--compat")) {
            HttpResponse<String> live = serve.ask("story", streamed);
            HttpResponse<String> again = serve.ask("story", streamed);
            HttpResponse<String> other = serve.ask("story", Recordings.chat("Another"));
            HttpResponse<String> old = serve.ask("hello", Recordings.chat("Another"));

            assertThat(live.statusCode()).as(live.body()).isEqualTo(200);
            assertThat(live.body()).contains("data: [DONE]");
            assertThat(live.headers().map().keySet()).noneMatch(name -> name.startsWith("x-gateway"));
            assertThat(again.body()).isEqualTo(live.body());
            assertThat(other.statusCode()).isEqualTo(200);
            assertThat(old.statusCode())
                    .as("what is there is out of date, key or no key")
                    .isEqualTo(409);
            assertThat(upstream.requests()).hasSize(2);
            assertThat(upstream.requests().get(0).headers().first("authorization"))
                    .contains("Bearer " + KEY);
        }

        List<Interaction> recorded = Cassettes.at(directory).load("story").interactions();
        assertThat(recorded).hasSize(2);
        assertThat(recorded.get(0).request().headers().first("authorization")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--compat", "--timing=instant"})
    void a_cassette_that_cannot_be_read_is_not_recorded_over(String form) throws Exception {
        String typo = "version: 2\ninteractions:\n  - id: [\n";
        Path file = Files.writeString(directory.resolve("typo.yaml"), typo);
        SimulatedOpenAi simulator =
                SimulatedOpenAi.builder().latency("instant").seed(7).build();
        try (GatewayServer upstream = GatewayServer.builder(simulator)
                        .time(TimeSource.system())
                        .start();
                Running serve = serve(
                        Map.of("OPENAI_API_KEY", KEY, "OPENAI_BASE_URL", upstream.baseUrl()),
                        "--cassettes",
                        directory.toString(),
                        "--record",
                        form)) {
            HttpResponse<String> answer = serve.ask("typo", Recordings.HELLO);

            assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
            assertThat(answer.body()).contains("typo");
            assertThat(upstream.requests()).isEmpty();
        }
        assertThat(file).hasContent(typo);
    }

    @Test
    void an_upstream_that_is_down_is_told_as_envoys_test_server_tells_it() throws Exception {
        GatewayServer gone = GatewayServer.start(SimulatedOpenAi.builder().build(), TimeSource.system());
        gone.close();
        try (Running serve = serve(
                Map.of("OPENAI_API_KEY", KEY, "OPENAI_BASE_URL", gone.baseUrl()),
                "--cassettes",
                directory.toString(),
                "--record",
                "--compat")) {
            HttpResponse<String> answer = serve.ask("story", Recordings.HELLO);

            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body())
                    .startsWith("TestOpenAI Error: Failed to record interaction: failed to execute request: ");
        }
    }

    @Test
    void options_that_do_not_go_together_are_told_at_once() {
        assertThat(run(Map.of(), "--cassettes", directory.toString(), "--faults", "bad-afternoon", "--seed", "7"))
                .isEqualTo(2);
        assertThat(run(Map.of(), "--compat", "--record")).isEqualTo(2);
        assertThat(run(Map.of(), "--cassettes", "no/such/directory")).isEqualTo(2);
        assertThat(run(Map.of(), "--cassettes", "classpath:cassettes", "--record"))
                .isEqualTo(2);
        assertThat(run(Map.of(), "--cassettes", directory.toString(), "--record"))
                .isEqualTo(2);
        assertThat(run(Map.of("AZURE_OPENAI_API_KEY", KEY), "--cassettes", directory.toString(), "--record"))
                .isEqualTo(2);
        assertThat(run(Map.of(), "--cassettes", directory.toString(), "--timing", "soon"))
                .isEqualTo(2);

        assertThat(err.toString())
                .contains(
                        "--faults is for the simulator, and --cassettes " + directory + " replays; leave one of them",
                        "--seed is for the simulator",
                        "--compat needs --cassettes DIR",
                        "--record needs --cassettes DIR",
                        "--cassettes no/such/directory is not a directory",
                        "--record needs a directory; nothing is recorded into classpath:cassettes",
                        "--record needs a key; set OPENAI_API_KEY",
                        "AZURE_OPENAI_ENDPOINT is required when AZURE_OPENAI_API_KEY is set",
                        "OPENAI_API_VERSION is required when AZURE_OPENAI_API_KEY is set",
                        "AZURE_OPENAI_DEPLOYMENT is required when AZURE_OPENAI_API_KEY is set",
                        "\"soon\" is not a timing");
        assertThat(err.toString()).doesNotContain(KEY);
    }

    private int run(Map<String, String> variables, String... args) {
        return GatewayCli.run(
                List.<StandInProvider>of(new CannedProvider()),
                name -> name == null ? null : variables.get(name),
                new PrintWriter(new StringWriter()),
                new PrintWriter(err, true),
                all(args));
    }

    private static String[] all(String... args) {
        List<String> all = new ArrayList<>(List.of("serve", "--port", "0"));
        all.addAll(List.of(args));
        return all.toArray(String[]::new);
    }

    private Running serve(Map<String, String> variables, String... args) throws Exception {
        PipedWriter out = new PipedWriter();
        BufferedReader lines = new BufferedReader(new PipedReader(out, 1 << 16));
        Thread thread = new Thread(() -> GatewayCli.run(
                List.<StandInProvider>of(new CannedProvider()),
                name -> name == null ? null : variables.get(name),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                all(args)));
        thread.start();
        String first = lines.readLine();
        assertThat(first)
                .as(() -> err.toString())
                .matches("Gateway4j cassettes listening on http://127\\.0\\.0\\.1:\\d+/v1");
        return new Running(thread, first.substring(first.indexOf("http")), List.of(lines.readLine(), lines.readLine()));
    }

    /** A server that runs until it is closed. */
    private record Running(Thread thread, String baseUrl, List<String> banner) implements AutoCloseable {
        HttpResponse<String> ask(String cassette, String body) throws Exception {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(baseUrl + "/chat/completions"))
                                    .header("Content-Type", "application/json")
                                    .header("Authorization", "Bearer unused")
                                    .header("X-Cassette-Name", cassette)
                                    .POST(BodyPublishers.ofString(body))
                                    .build(),
                            BodyHandlers.ofString());
        }

        @Override
        public void close() {
            thread.interrupt(); // ends the serving
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
