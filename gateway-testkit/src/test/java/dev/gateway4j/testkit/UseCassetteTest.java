package dev.gateway4j.testkit;

import static dev.gateway4j.testkit.Recordings.exchange;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.Mode;
import dev.gateway4j.api.Refusal;
import dev.gateway4j.api.RefusalReason;
import dev.gateway4j.api.Secret;
import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.config.CassetteConfig.Repeats;
import dev.gateway4j.api.config.UpstreamKey;
import dev.gateway4j.api.spi.Recorder;
import dev.gateway4j.api.spi.StandIn;
import dev.gateway4j.api.spi.WireAnswer;
import dev.gateway4j.api.spi.WireRefusal;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.cassette.CassettePlayer;
import dev.gateway4j.cassette.Cassettes;
import dev.gateway4j.okhttp.Gateway;
import dev.gateway4j.simulator.SimulatedOpenAi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** What the annotation does, seen from outside: tests that run, and the failures they end with. */
class UseCassetteTest {
    private static final String DIRECTORY = "gateway4j.test.cassettes";
    private static final String UPSTREAM = "gateway4j.test.upstream";
    private static final String MODE = "gateway.mode";
    private static final String IN_CI = "gateway.openai.cassettes.record_in_ci";

    @TempDir
    static Path directory;

    @BeforeAll
    static void record() {
        System.setProperty(DIRECTORY, directory.toString());
        Recordings.save(directory, "hello", exchange(Recordings.HELLO, Recordings.HI));
        Recordings.save(
                directory, "twice", exchange(Recordings.HELLO, "{\"n\":1}"), exchange(Recordings.HELLO, "{\"n\":2}"));
        Recordings.save(
                directory,
                "three",
                exchange(Recordings.chat("one"), "{\"n\":1}"),
                exchange(Recordings.chat("two"), "{\"n\":2}"),
                exchange(Recordings.chat("three"), "{\"n\":3}"));
        Recordings.save(
                directory, "UseCassetteTest.Right/its_own_cassette_has_its_name", exchange("{}", "{\"own\":1}"));
        Recordings.save(directory, "UseCassetteTest.Right/each_run_has_its_own-1", exchange("{}", "{\"run\":\"a\"}"));
        Recordings.save(directory, "UseCassetteTest.Right/each_run_has_its_own-2", exchange("{}", "{\"run\":\"b\"}"));
    }

    @Test
    void tests_get_the_cassette_they_name() {
        TestExecutionSummary summary = run(Right.class);

        assertThat(failures(summary)).isEmpty();
        assertThat(summary.getTestsSucceededCount()).isEqualTo(6);
    }

    @Test
    void a_refusal_that_the_program_swallows_still_fails_the_test() {
        assertThat(failures(run(Mismatch.class)))
                .singleElement()
                .asString()
                .startsWith("Cassette hello does not fit this test:")
                .contains(
                        "POST /v1/chat/completions was refused with 409 gateway_cassette_mismatch",
                        "/messages/0/content");
    }

    @Test
    void a_cassette_that_is_not_there_fails_the_test() {
        assertThat(failures(run(Missing.class)))
                .singleElement()
                .asString()
                .contains("Cassette nobody-recorded-it", "404 gateway_no_cassette");
    }

    @Test
    void an_interaction_that_was_not_played_fails_a_test_that_wants_all() {
        assertThat(failures(run(Unplayed.class)))
                .singleElement()
                .asString()
                .contains("interaction 1, POST https://api.openai.com/v1/chat/completions, was not played")
                .doesNotContain("interaction 0");
    }

    @Test
    void the_tests_of_one_cassette_record_it_together_and_replace_what_an_earlier_run_recorded() throws Exception {
        Recordings.save(directory, "together", exchange("{}", "{\"old\":true}"));
        try (GatewayServer upstream = upstream()) {
            System.setProperty(UPSTREAM, upstream.baseUrl());
            System.setProperty(MODE, "record");
            System.setProperty(IN_CI, "true");
            assertThat(failures(run(Together.class))).isEmpty();
            assertThat(failures(run(Together.class))).isEmpty();
            assertThat(upstream.requests()).hasSize(4);
        } finally {
            System.clearProperty(MODE);
            System.clearProperty(IN_CI);
            System.clearProperty(UPSTREAM);
        }

        assertThat(Cassettes.at(directory).load("together").interactions())
                .extracting(it -> it.request().body().text().orElseThrow().contains("Second"))
                .containsExactlyInAnyOrder(false, true);
        assertThat(failures(run(Together.class)))
                .as("replayed, and all played by the class")
                .isEmpty();
    }

    @Test
    void what_no_test_of_the_class_played_fails_the_class_and_none_of_its_tests() {
        TestExecutionSummary summary = run(LeavesSome.class);

        assertThat(summary.getTestsSucceededCount()).isEqualTo(2);
        assertThat(failures(summary))
                .singleElement()
                .asString()
                .contains("Cassette three does not fit the tests of this class", "interaction 2, POST")
                .doesNotContain("interaction 0", "interaction 1");
    }

    @Test
    void a_recorder_that_fails_when_it_is_closed_fails_the_test_and_hides_no_refusal() {
        System.setProperty(MODE, "record");
        System.setProperty(IN_CI, "true");
        try {
            TestExecutionSummary summary = run(Unsaved.class);

            assertThat(failures(summary))
                    .singleElement()
                    .asString()
                    .startsWith("Cassette hello was not recorded whole:")
                    .endsWith("the disk is full");
        } finally {
            System.clearProperty(MODE);
            System.clearProperty(IN_CI);
        }
        assertThat(run(UnsavedMismatch.class).getFailures()).singleElement().satisfies(failure -> assertThat(
                        failure.getException())
                .hasMessageContaining("was not recorded whole")
                .satisfies(whole -> assertThat(whole.getSuppressed())
                        .singleElement()
                        .asString()
                        .contains("gateway_cassette_mismatch")));
    }

    @Test
    void settings_are_told_the_builder_once() {
        Counted.SETTINGS.set(0);

        assertThat(failures(run(Counted.class))).isEmpty();
        assertThat(Counted.SETTINGS).hasValue(1);
    }

    @Test
    void a_test_without_a_cassette_has_the_common_gateway_while_one_with_a_cassette_runs_beside_it() throws Exception {
        assertThat(failures(run(Beside.class, "true"))).isEmpty();
    }

    private static GatewayServer upstream() throws IOException {
        return GatewayServer.builder(
                        SimulatedOpenAi.builder().latency("instant").seed(7).build())
                .time(TimeSource.system())
                .start();
    }

    private static TestExecutionSummary run(Class<?> tests) {
        return run(tests, "false");
    }

    private static TestExecutionSummary run(Class<?> tests, String parallel) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(DiscoverySelectors.selectClass(tests))
                                .configurationParameter("junit.jupiter.execution.parallel.enabled", parallel)
                                .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
                                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                                .configurationParameter(
                                        "junit.jupiter.execution.parallel.config.fixed.parallelism", "2")
                                .build(),
                        listener);
        return listener.getSummary();
    }

    private static List<String> failures(TestExecutionSummary summary) {
        return summary.getFailures().stream()
                .map(failure -> String.valueOf(failure.getException().getMessage()))
                .toList();
    }

    private static String say(OkHttpClient client, String body) throws IOException {
        Request request = new Request.Builder()
                .url("https://api.openai.com/v1/chat/completions")
                .post(RequestBody.create(body, MediaType.get("application/json")))
                .build();
        try (Response response = client.newCall(request).execute()) {
            return response.body().string();
        }
    }

    private static GatewayExtension extension() {
        return GatewayExtension.with(
                builder -> builder.set("openai.cassettes.directory", System.getProperty(DIRECTORY, "cassettes")));
    }

    // Run by the tests above, and not by themselves: Surefire takes no nested class without @Nested.

    static class Right {
        @RegisterExtension
        static final GatewayExtension GATEWAY = extension();

        @Test
        @UseCassette("hello")
        void a_recording_answers(OkHttpClient client, Gateway gateway, CassettePlayer player, ManualTime time)
                throws IOException {
            assertThat(gateway.config().mode()).isEqualTo(Mode.REPLAY);
            assertThat(say(client, Recordings.HELLO)).isEqualTo(Recordings.HI);
            assertThat(player.played()).containsKey("hello");
            assertThat(GATEWAY.reports()).hasSize(1);
            assertThat(GATEWAY.client()).isSameAs(client);
            assertThat(GATEWAY.time()).isSameAs(time);
        }

        @Test
        @UseCassette
        void its_own_cassette_has_its_name(OkHttpClient client) throws IOException {
            assertThat(say(client, "{}")).isEqualTo("{\"own\":1}");
        }

        @ParameterizedTest
        @ValueSource(strings = {"a", "b"})
        @UseCassette
        void each_run_has_its_own(String run, OkHttpClient client) throws IOException {
            assertThat(say(client, "{}")).isEqualTo("{\"run\":\"" + run + "\"}");
        }

        @Test
        @UseCassette(value = "twice", repeats = Repeats.QUEUE, allPlayed = true)
        void a_queue_gives_one_after_the_other(OkHttpClient client) throws IOException {
            assertThat(say(client, Recordings.HELLO)).isEqualTo("{\"n\":1}");
            assertThat(say(client, Recordings.HELLO)).isEqualTo("{\"n\":2}");
        }

        @Test
        void without_a_cassette_it_is_simulated(OkHttpClient client, Gateway gateway) throws IOException {
            assertThat(gateway.config().mode()).isEqualTo(Mode.SIMULATED);
            assertThat(say(client, Recordings.HELLO)).contains("chat.completion");
        }
    }

    @UseCassette("hello")
    static class Mismatch {
        @RegisterExtension
        static final GatewayExtension GATEWAY = extension();

        @Test
        void swallows(OkHttpClient client) throws IOException {
            assertThat(say(client, Recordings.chat("Good-bye"))).isNotEmpty();
        }
    }

    @UseCassette("nobody-recorded-it")
    static class Missing {
        @RegisterExtension
        static final GatewayExtension GATEWAY = extension();

        @Test
        void swallows(OkHttpClient client) throws IOException {
            assertThat(say(client, Recordings.HELLO)).isNotEmpty();
        }
    }

    @UseCassette(value = "twice", allPlayed = true)
    static class Unplayed {
        @RegisterExtension
        static final GatewayExtension GATEWAY = extension();

        @Test
        void plays_one_of_two(OkHttpClient client) throws IOException {
            assertThat(say(client, Recordings.HELLO)).isEqualTo("{\"n\":1}");
        }
    }

    @UseCassette(value = "together", allPlayed = true)
    static class Together {
        @RegisterExtension
        static final GatewayExtension GATEWAY = GatewayExtension.with(builder -> builder.set(
                        "openai.cassettes.directory", System.getProperty(DIRECTORY, "cassettes"))
                .set("upstreams.openai.base_url", System.getProperty(UPSTREAM, "https://api.openai.com/v1"))
                .keySource(environment -> List.of(UpstreamKey.of("blue", Secret.of("blue", "sk-test-blue-0000")))));

        @Test
        void first(OkHttpClient client) throws IOException {
            assertThat(say(client, Recordings.chat("First"))).contains("chat.completion");
        }

        @Test
        void second(OkHttpClient client) throws IOException {
            assertThat(say(client, Recordings.chat("Second"))).contains("chat.completion");
        }
    }

    @UseCassette(value = "three", allPlayed = true)
    static class LeavesSome {
        @RegisterExtension
        static final GatewayExtension GATEWAY = extension();

        @Test
        void plays_one(OkHttpClient client) throws IOException {
            assertThat(say(client, Recordings.chat("one"))).isEqualTo("{\"n\":1}");
        }

        @Test
        void plays_two(OkHttpClient client) throws IOException {
            assertThat(say(client, Recordings.chat("two"))).isEqualTo("{\"n\":2}");
        }
    }

    @UseCassette("hello")
    static class Unsaved {
        @RegisterExtension
        static final GatewayExtension GATEWAY = failingToClose();

        @Test
        void passes(OkHttpClient client) {
            assertThat(client).isNotNull();
        }
    }

    @UseCassette("hello")
    static class UnsavedMismatch {
        @RegisterExtension
        static final GatewayExtension GATEWAY = GatewayExtension.with(builder -> builder.standIn(new StandIn() {
            @Override
            public WireAnswer answer(WireRequest request) {
                return new WireRefusal(request.arrivedNanos(), Refusal.of(RefusalReason.CASSETTE_MISMATCH, "another"));
            }

            @Override
            public void close() {
                throw new UncheckedIOException(new IOException("the disk is full"));
            }
        }));

        @Test
        void swallows(OkHttpClient client) throws IOException {
            assertThat(say(client, Recordings.chat("Good-bye"))).isNotEmpty();
        }
    }

    private static GatewayExtension failingToClose() {
        return GatewayExtension.with(builder -> builder.recorder(new Recorder() {
                    @Override
                    public Recording open(WireRequest request) {
                        throw new IllegalStateException("nothing is recorded here");
                    }

                    @Override
                    public void close() {
                        throw new UncheckedIOException(new IOException("the disk is full"));
                    }
                })
                .keySource(environment -> List.of(UpstreamKey.of("blue", Secret.of("blue", "sk-test-blue-0000")))));
    }

    @UseCassette("hello")
    static class Counted {
        static final AtomicInteger SETTINGS = new AtomicInteger();

        @RegisterExtension
        static final GatewayExtension GATEWAY = GatewayExtension.with(builder -> {
            SETTINGS.incrementAndGet();
            builder.set("openai.mode", "simulated")
                    .set("openai.cassettes.directory", System.getProperty(DIRECTORY, "cassettes"));
        });

        @Test
        void replays(OkHttpClient client) throws IOException {
            assertThat(say(client, Recordings.HELLO)).isEqualTo(Recordings.HI);
        }
    }

    static class Beside {
        @RegisterExtension
        static final GatewayExtension GATEWAY = extension();

        private static final CyclicBarrier BOTH = new CyclicBarrier(2);

        @Test
        @UseCassette("hello")
        void with_a_cassette(Gateway gateway) throws Exception {
            BOTH.await(60, TimeUnit.SECONDS);
            assertThat(GATEWAY.gateway()).isSameAs(gateway);
            BOTH.await(60, TimeUnit.SECONDS);
        }

        @Test
        void without_one(Gateway gateway) throws Exception {
            BOTH.await(60, TimeUnit.SECONDS);
            assertThat(GATEWAY.gateway()).isSameAs(gateway);
            assertThat(gateway.config().mode()).isEqualTo(Mode.SIMULATED);
            BOTH.await(60, TimeUnit.SECONDS);
        }
    }
}
