package dev.gateway4j.examples.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gateway4j.examples.loopback.LoopbackOpenAi;
import dev.gateway4j.examples.testing.Departures;
import dev.gateway4j.examples.testing.ExampleRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts the one jar as a reader does. Runs after packaging, since shading is what it looks at. */
class QuickStartJarCheck {
    private static final Path JAR = Path.of("target", "quickstart.jar").toAbsolutePath();
    private static final String KEY_VARIABLE = "OPENAI_API_KEY_STAGING";
    private static final Map<String, String> NO_KEYS = Map.of();
    private static final List<String> OUTSIDE = List.of("unshare", "-n");

    @TempDir
    Path directory;

    @Test
    void the_jar_answers_from_the_simulator() throws Exception {
        Outcome outcome = start(NO_KEYS, "-Dgateway.environment=development", "-Dgateway.mode=simulated");

        assertThat(outcome.exit()).as(outcome.toString()).isZero();
        assertThat(outcome.out().strip()).isNotEmpty();
        assertThat(outcome.err().lines().filter(line -> line.contains("mode=simulated cache=")))
                .hasSize(1);
    }

    @Test
    void the_jar_reaches_an_upstream_with_the_key_of_its_environment() throws Exception {
        try (LoopbackOpenAi upstream = LoopbackOpenAi.start()) {

            Outcome outcome = start(
                    Map.of(KEY_VARIABLE, ExampleRun.ENVIRONMENT_KEY),
                    "-Dgateway.environment=staging",
                    "-Dgateway.mode=passthrough",
                    "-Dgateway.upstreams.openai.base_url=" + upstream.baseUrl(),
                    "-Dgateway.openai.models.gpt-4o=gpt-4o-mini");

            assertThat(outcome.exit()).as(outcome.toString()).isZero();
            assertThat(outcome.out().strip()).isEqualTo("Hello from loopback.");
            assertThat(outcome.err().lines().filter(line -> line.contains("mode=passthrough cache=")))
                    .hasSize(1);
            Departures.carryTheEnvironmentsKeyAndModelOnly(upstream);
        }
    }

    @Test
    void settings_that_do_not_work_are_named_without_a_stack_trace_and_exit_with_2() throws Exception {
        Outcome outcome = start(NO_KEYS, "-Dgateway.environment=development", "-Dgateway.mode=simulatd");

        assertThat(outcome.exit()).as(outcome.toString()).isEqualTo(2);
        assertThat(outcome.err()).contains("simulatd").doesNotContain("\tat ");
    }

    @Test
    void production_refuses_a_stand_in_and_says_why() throws Exception {
        Outcome outcome = start(NO_KEYS, "-Dgateway.environment=production", "-Dgateway.mode=simulated");

        assertThat(outcome.exit()).as(outcome.toString()).isEqualTo(2);
        assertThat(outcome.err()).contains("simulated", "allow_stand_in").doesNotContain("\tat ");
        assertThat(outcome.out()).isEmpty();
    }

    /** The same from outside: in a network namespace without any route, simulated calls work and passthrough calls cannot. */
    @Test
    void promise_1_simulated_calls_need_no_network_at_all() throws Exception {
        assumeTrue(mayMakeNamespaces(), "this machine lets nobody make a network namespace");

        Outcome simulated = start(OUTSIDE, NO_KEYS, "-Dgateway.environment=development", "-Dgateway.mode=simulated");
        Outcome passthrough = start(
                OUTSIDE,
                Map.of(KEY_VARIABLE, ExampleRun.ENVIRONMENT_KEY),
                "-Dgateway.environment=staging",
                "-Dgateway.upstreams.openai.base_url=http://192.0.2.1/v1");

        assertThat(simulated.exit()).as(simulated.toString()).isZero();
        assertThat(simulated.out().strip()).isNotEmpty();
        assertThat(passthrough.exit()).as("control: " + passthrough).isEqualTo(1);
        assertThat(passthrough.err()).containsAnyOf("Network is unreachable", "ConnectException");
    }

    @Test
    void a_key_that_is_not_set_is_named_before_anything_leaves_and_exits_with_2() throws Exception {
        try (LoopbackOpenAi upstream = LoopbackOpenAi.start()) {

            Outcome outcome = start(
                    NO_KEYS,
                    "-Dgateway.environment=staging",
                    "-Dgateway.mode=passthrough",
                    "-Dgateway.upstreams.openai.base_url=" + upstream.baseUrl());

            assertThat(outcome.exit()).as(outcome.toString()).isEqualTo(2);
            assertThat(outcome.err()).contains(KEY_VARIABLE).doesNotContain("\tat ");
            assertThat(upstream.received()).isEmpty();
        }
    }

    private Outcome start(Map<String, String> keys, String... properties) throws IOException, InterruptedException {
        return start(List.of(), keys, properties);
    }

    private Outcome start(List<String> around, Map<String, String> keys, String... properties)
            throws IOException, InterruptedException {
        assertThat(JAR).as("made by the package phase").exists();
        List<String> command = new ArrayList<>(around);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(Arrays.asList(properties));
        command.addAll(List.of("-jar", JAR.toString(), "Say", "hello."));
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("GATEWAY_") || name.startsWith("OPENAI_"));
        builder.environment().putAll(keys);
        int exit = builder.start().waitFor();
        return new Outcome(exit, Files.readString(out, UTF_8), Files.readString(err, UTF_8));
    }

    private static boolean mayMakeNamespaces() throws InterruptedException {
        try {
            return new ProcessBuilder("unshare", "-n", "true").start().waitFor() == 0;
        } catch (IOException e) {
            return false; // no such program here
        }
    }

    private record Outcome(int exit, String out, String err) {}
}
