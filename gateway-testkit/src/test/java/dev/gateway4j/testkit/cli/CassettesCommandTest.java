package dev.gateway4j.testkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.spi.StandInProvider;
import dev.gateway4j.cassette.Cassettes;
import dev.gateway4j.cassette.Interaction;
import dev.gateway4j.cassette.RecordedResponse;
import dev.gateway4j.simulator.SimulatedOpenAi;
import dev.gateway4j.testkit.GatewayServer;
import dev.gateway4j.testkit.Recordings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class CassettesCommandTest {
    private static final String CHATS = "https://api.openai.com/v1/chat/completions";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    @BeforeEach
    void record() {
        Recordings.save(directory, "hello", Recordings.exchange(Recordings.HELLO, Recordings.HI));
        Recordings.save(
                directory,
                "talks/both",
                Recordings.exchange(Recordings.chat("My key is sk-shown-1111-2222-3333-abcdefgh"), Recordings.HI),
                Recordings.exchange(
                        "POST",
                        CHATS,
                        Recordings.HELLO.replace("{\"model\"", "{\"stream\":true,\"model\""),
                        "text/event-stream",
                        Recordings.STREAM));
    }

    @Test
    void list_prints_a_line_for_each_cassette() {
        assertThat(run("cassettes", "list", directory.toString())).isZero();

        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).matches("NAME +INTERACTIONS +ENDPOINTS +MODELS +STREAM +SIZE +AGE");
        assertThat(lines.get(1)).matches("hello +1 +/v1/chat/completions +gpt-4o-mini +no +\\d+ B +-");
        assertThat(lines.get(2)).matches("talks/both +2 +/v1/chat/completions +gpt-4o-mini +1 of 2 +\\d+ B +-");
    }

    @Test
    void a_file_that_is_no_cassette_is_told_and_the_others_are_listed() throws Exception {
        Files.writeString(directory.resolve("broken.yaml"), "version: [");

        assertThat(run("cassettes", "list", directory.toString())).isEqualTo(1);

        assertThat(out.toString()).contains("hello", "talks/both");
        assertThat(err.toString()).contains("broken");
    }

    @Test
    void show_is_a_talk_without_keys() {
        assertThat(run("cassettes", "show", directory.toString(), "talks/both")).isZero();

        assertThat(out.toString().lines())
                .containsExactly(
                        "# talks/both 0: POST /v1/chat/completions gpt-4o-mini, 200, 250 ms",
                        "user: My key is [key]",
                        "assistant: Hi!",
                        "# tokens: 9 in, 2 out",
                        "",
                        "# talks/both 1: POST /v1/chat/completions gpt-4o-mini, 200, streamed, 250 ms",
                        "user: Hello",
                        "assistant: Hi!");
    }

    @Test
    void a_cassette_that_is_not_there_and_a_directory_that_is_none_are_told() {
        assertThat(run("cassettes", "show", directory.toString(), "nobody")).isEqualTo(1);
        assertThat(run("cassettes", "list", "no/such/directory")).isEqualTo(2);

        assertThat(err.toString()).contains("nobody", "no/such/directory is not a directory");
    }

    @Test
    void lint_ends_with_0_or_with_findings_and_1() throws Exception {
        Files.delete(directory.resolve("talks/both.yaml"));
        assertThat(run("cassettes", "lint", directory.toString()))
                .as(out::toString)
                .isZero();

        Recordings.save(
                directory,
                "twice",
                Recordings.exchange(Recordings.HELLO, Recordings.HI),
                Recordings.exchange(Recordings.HELLO, Recordings.HI));

        assertThat(run("cassettes", "lint", directory.toString(), "--json")).isEqualTo(1);
        assertThat(out.toString()).contains("\"cassette\"", "twice");
    }

    @Test
    void verify_says_what_it_will_cost_and_sends_nothing_unless_told() throws Exception {
        assertThat(run("cassettes", "verify", directory.toString(), "hello", "--dry-run"))
                .as(err::toString)
                .isZero();
        assertThat(out.toString()).contains("hello");
        assertThat(run("cassettes", "verify", directory.toString(), "hello")).isEqualTo(2);

        assertThat(err.toString()).contains("nothing was sent; add --yes");
    }

    @Test
    void one_interaction_is_planned_alone() {
        assertThat(run("cassettes", "verify", directory.toString(), "talks/both#1", "--dry-run"))
                .isZero();

        assertThat(out.toString()).contains("/interactions/1", "1 call to send").doesNotContain("/interactions/0");
    }

    @Test
    void a_file_that_cannot_be_read_keeps_no_other_from_being_planned() throws Exception {
        Files.writeString(directory.resolve("broken.yaml"), "version: [");

        assertThat(run("cassettes", "verify", directory.toString(), "--dry-run"))
                .isEqualTo(1);
        assertThat(run("cassettes", "rerecord", directory.toString(), "--dry-run"))
                .isEqualTo(1);

        assertThat(out.toString())
                .contains("send hello /interactions/0", "error broken unreadable", "3 calls to send, 1 refused");
    }

    @Test
    void interactions_are_counted_whatever_their_ids_say() throws Exception {
        Path file = directory.resolve("talks/both.yaml");
        Files.writeString(file, Files.readString(file).replace("- id: 1\n", "- id: 7\n"));

        assertThat(run("cassettes", "rerecord", directory.toString(), "talks/both", "--dry-run"))
                .as(err::toString)
                .isZero();

        assertThat(out.toString()).contains("2 calls to send");
    }

    @Test
    void what_the_gateway_refuses_was_not_sent_and_cost_nothing() throws Exception {
        Recordings.save(
                directory,
                "foreign",
                Recordings.exchange(
                        "POST",
                        "https://elsewhere.invalid/v1/chat/completions",
                        Recordings.HELLO,
                        "application/json",
                        Recordings.HI));
        Path key = Files.writeString(directory.resolve("key"), "sk-test-blue-0000");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        Path config = Files.writeString(directory.resolve("gateway.conf"), """
                environments:
                  staging: { isolation_level: strict, openai: { credentials: { api_key: "file:%s" } } }
                """.formatted(key));
        String[] settings = {"--yes", "--config", config.toString(), "--environment", "staging"};

        int outcome = run(with(settings, "cassettes", "verify", directory.toString(), "foreign"));

        assertThat(outcome).as(err + " " + out).isEqualTo(1);
        assertThat(out.toString())
                .contains("not-sent", "elsewhere.invalid", "0 calls sent, 1 not sent, 0 tokens, 0 USD");
    }

    @Test
    void verify_and_rerecord_ask_the_upstream_of_the_settings() throws Exception {
        SimulatedOpenAi simulator =
                SimulatedOpenAi.builder().latency("instant").seed(7).build();
        try (GatewayServer upstream =
                GatewayServer.builder(simulator).time(TimeSource.system()).start()) {
            Path key = Files.writeString(directory.resolve("key"), "sk-test-blue-0000");
            Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
            Path config = Files.writeString(directory.resolve("gateway.conf"), """
                    upstreams: { openai: { base_url: "%s" } }
                    environments:
                      staging: { openai: { credentials: { api_key: "file:%s" } } }
                    """.formatted(upstream.baseUrl(), key));
            String[] settings = {"--yes", "--config", config.toString(), "--environment", "staging"};

            Recordings.save(
                    directory,
                    "old",
                    Recordings.exchange(Recordings.HELLO, Recordings.HI.replace("{\"id\"", "{\"gone\":true,\"id\"")));

            int same = run(with(settings, "cassettes", "verify", directory.toString(), "hello"));
            int changed = run(with(settings, "cassettes", "verify", directory.toString(), "old"));
            assertThat(upstream.requests()).as(err + " " + out).hasSize(2);
            assertThat(same).as(out::toString).isZero();
            assertThat(changed).as(out::toString).isEqualTo(1);
            assertThat(out.toString()).contains("/gone");
            int recorded = run(with(settings, "cassettes", "rerecord", directory.toString(), "talks/both#1"));
            assertThat(recorded).as(err + " " + out).isZero();
        }

        List<Interaction> both = Cassettes.at(directory).load("talks/both").interactions();
        assertThat(both.get(0).response().body().text()).contains(Recordings.HI);
        assertThat(both.get(1).response().body().text().orElseThrow())
                .contains("[DONE]")
                .isNotEqualTo(Recordings.STREAM);
        assertThat(both.get(1).response().extras().text(RecordedResponse.RECORDED_AT))
                .isPresent();
    }

    @Test
    void calls_of_cassettes_feed_a_latency_profile() throws Exception {
        for (int i = 0; i < 9; i++) {
            Recordings.save(directory, "call-" + i, Recordings.exchange(Recordings.chat("Hello " + i), Recordings.HI));
        }

        assertThat(run("latency", "fit", directory.toString(), "--name", "ours"))
                .as(err::toString)
                .isZero();
        assertThat(out.toString()).contains("ours,", "# 11 calls");
        assertThat(run("latency", "calls", directory.resolve("hello.yaml").toString()))
                .isZero();
        assertThat(out.toString()).contains("{\"total_ms\": 250.000, \"output_tokens\": 2}");
    }

    private static String[] with(String[] more, String... first) {
        String[] all = Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return all;
    }

    private int run(String... args) {
        return GatewayCli.run(List.<StandInProvider>of(), new PrintWriter(out, true), new PrintWriter(err, true), args);
    }
}
