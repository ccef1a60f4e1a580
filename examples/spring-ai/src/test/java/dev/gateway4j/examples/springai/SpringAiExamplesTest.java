package dev.gateway4j.examples.springai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.Source;
import dev.gateway4j.api.call.CallReport;
import dev.gateway4j.api.call.Ending;
import dev.gateway4j.api.call.Usage;
import dev.gateway4j.examples.loopback.LoopbackOpenAi;
import dev.gateway4j.examples.testing.Departures;
import dev.gateway4j.examples.testing.ExampleRun;
import dev.gateway4j.examples.testing.PlainClient;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.stream.Stream;
import okhttp3.Interceptor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SpringAiExamplesTest {
    static Stream<Example> examples() {
        return Stream.of(new Example("chat", ChatExample::run), new Example("streamed chat", StreamedChatExample::run));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void the_simulator_answers_in_simulated_mode(Example example) throws Exception {
        try (ExampleRun run = ExampleRun.simulated()) {

            example.program().run(run.gateway().interceptor(), run.out());

            assertThat(run.printed()).isNotEmpty();
            CallReport report = run.reports(1).get(0);
            assertThat(report.source()).isEqualTo(Source.SIMULATED);
            assertThat(report.ending()).isEqualTo(Ending.COMPLETED);
            assertThat(report.usage()).isPresent();
            assertThat(run.costLines()).singleElement().asString().contains("mode=simulated");
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void the_upstream_answers_in_passthrough_mode_with_the_environments_key_and_model(Example example)
            throws Exception {
        try (LoopbackOpenAi upstream = LoopbackOpenAi.start();
                ExampleRun run = ExampleRun.passthrough(upstream)) {

            example.program().run(run.gateway().interceptor(), run.out());

            assertThat(run.printed()).isEqualTo("Hello from loopback.");
            CallReport report = run.reports(1).get(0);
            assertThat(report.source()).isEqualTo(Source.UPSTREAM);
            assertThat(report.ending()).isEqualTo(Ending.COMPLETED);
            assertThat(report.usage()).contains(Usage.of(9, 4));
            assertThat(run.costLines()).singleElement().asString().contains("mode=passthrough");
            assertThat(upstream.received()).hasSize(1);
            Departures.carryTheEnvironmentsKeyAndModelOnly(upstream);
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void the_program_runs_the_same_without_a_gateway(Example example) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (LoopbackOpenAi upstream = LoopbackOpenAi.start()) {

            example.program().run(PlainClient.redirect(upstream), new PrintStream(out, true, UTF_8));

            assertThat(out.toString(UTF_8).strip()).isEqualTo("Hello from loopback.");
            assertThat(upstream.received()).hasSize(1);
        }
    }

    /** What an example's {@code run} looks like. */
    @FunctionalInterface
    interface Program {
        void run(Interceptor gateway, PrintStream out);
    }

    /** An example by its name. */
    record Example(String name, Program program) {
        @Override
        public String toString() {
            return name;
        }
    }
}
