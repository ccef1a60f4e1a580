package dev.gateway4j.examples.sdks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.Source;
import dev.gateway4j.api.call.CallReport;
import dev.gateway4j.api.call.Ending;
import dev.gateway4j.examples.loopback.LoopbackOpenAi;
import dev.gateway4j.examples.loopback.ReceivedRequest;
import dev.gateway4j.examples.openai.AsyncExample;
import dev.gateway4j.examples.openai.AsyncStreamedChatExample;
import dev.gateway4j.examples.openai.ChatExample;
import dev.gateway4j.examples.openai.EmbeddingsExample;
import dev.gateway4j.examples.openai.ResponsesExample;
import dev.gateway4j.examples.openai.StreamedChatExample;
import dev.gateway4j.examples.openai.StreamedResponsesExample;
import dev.gateway4j.examples.testing.Departures;
import dev.gateway4j.examples.testing.ExampleRun;
import dev.gateway4j.examples.testing.PlainClient;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SdkExamplesTest {
    private static final String HELLO = "Hello from loopback.";

    static Stream<Example> examples() {
        return Stream.of(
                new Example("openai-java chat", ChatExample::run, 1, HELLO),
                new Example("openai-java streamed chat", StreamedChatExample::run, 1, HELLO),
                new Example("openai-java responses", ResponsesExample::run, 1, HELLO),
                new Example("openai-java streamed responses", StreamedResponsesExample::run, 1, HELLO),
                new Example("openai-java embeddings", EmbeddingsExample::run, 1, "3 dimensions"),
                new Example("openai-java async", AsyncExample::run, 3, "1 choice, 1 item, 1 vector"),
                new Example("openai-java async streamed chat", AsyncStreamedChatExample::run, 1, HELLO),
                new Example("langchain4j chat", dev.gateway4j.examples.langchain4j.ChatExample::run, 1, HELLO),
                new Example(
                        "langchain4j streamed chat",
                        dev.gateway4j.examples.langchain4j.StreamedChatExample::run,
                        1,
                        HELLO),
                new Example("retrofit chat", dev.gateway4j.examples.retrofit.ChatExample::run, 1, HELLO));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void the_simulator_answers_in_simulated_mode(Example example) throws Exception {
        try (ExampleRun run = ExampleRun.simulated()) {

            example.program().run(run.gateway().wrap(new OkHttpClient()), run.out());

            assertThat(run.printed()).isNotEmpty();
            assertThat(run.reports(example.calls())).allSatisfy(report -> {
                assertThat(report.source()).isEqualTo(Source.SIMULATED);
                assertThat(report.ending()).isEqualTo(Ending.COMPLETED);
                assertThat(report.usage()).isPresent();
            });
            assertThat(run.costLines()).hasSize(example.calls()).allMatch(line -> line.contains("mode=simulated"));
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void the_upstream_answers_in_passthrough_mode_with_the_environments_key_and_model(Example example)
            throws Exception {
        try (LoopbackOpenAi upstream = LoopbackOpenAi.start();
                ExampleRun run = ExampleRun.passthrough(upstream)) {

            example.program().run(run.gateway().wrap(new OkHttpClient()), run.out());

            assertThat(run.printed()).isEqualTo(example.answer());
            List<CallReport> reports = run.reports(example.calls());
            assertThat(reports).allSatisfy(report -> {
                assertThat(report.source()).isEqualTo(Source.UPSTREAM);
                assertThat(report.ending()).isEqualTo(Ending.COMPLETED);
                assertThat(report.usage()).hasValueSatisfying(usage -> assertThat(usage.inputTokens())
                        .isEqualTo(9));
            });
            assertThat(run.costLines()).hasSize(example.calls()).allMatch(line -> line.contains("mode=passthrough"));
            assertThat(upstream.received()).hasSize(example.calls());
            Departures.carryTheEnvironmentsKeyAndModelOnly(upstream);
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void the_program_runs_the_same_without_a_gateway(Example example) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (LoopbackOpenAi upstream = LoopbackOpenAi.start()) {

            example.program().run(PlainClient.to(upstream), new PrintStream(out, true, UTF_8));

            assertThat(out.toString(UTF_8).strip()).isEqualTo(example.answer());
            assertThat(upstream.received()).hasSize(example.calls()).noneMatch(SdkExamplesTest::asksForTheMappedModel);
        }
    }

    private static boolean asksForTheMappedModel(ReceivedRequest request) {
        return request.body().contains("gpt-4o-mini");
    }

    /** What an example's {@code run} looks like. */
    @FunctionalInterface
    interface Program {
        void run(OkHttpClient http, PrintStream out) throws Exception;
    }

    /** An example, how many calls it makes, and what it prints when the upstream on loopback answers. */
    record Example(String name, Program program, int calls, String answer) {
        @Override
        public String toString() {
            return name;
        }
    }
}
