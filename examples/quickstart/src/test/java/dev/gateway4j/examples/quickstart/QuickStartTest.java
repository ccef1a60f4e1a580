package dev.gateway4j.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.RefusalReason;
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
import java.nio.charset.StandardCharsets;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;

class QuickStartTest {
    private static final String PROMPT = "Say hello.";

    @Test
    void the_simulator_answers_in_simulated_mode() throws Exception {
        try (ExampleRun run = ExampleRun.simulated()) {

            int exit = QuickStart.run(run.gateway().wrap(new OkHttpClient()), PROMPT, run.out());

            assertThat(exit).isZero();
            assertThat(run.printed()).isNotEmpty();
            CallReport report = run.reports(1).get(0);
            assertThat(report.source()).isEqualTo(Source.SIMULATED);
            assertThat(report.streamed()).isTrue();
            assertThat(report.usage()).isPresent();
            assertThat(run.costLines()).singleElement().asString().contains("mode=simulated");
        }
    }

    @Test
    void the_upstream_answers_in_passthrough_mode_with_the_environments_key_and_model() throws Exception {
        try (LoopbackOpenAi upstream = LoopbackOpenAi.start();
                ExampleRun run = ExampleRun.passthrough(upstream)) {

            int exit = QuickStart.run(run.gateway().wrap(new OkHttpClient()), PROMPT, run.out());

            assertThat(exit).isZero();
            assertThat(run.printed()).isEqualTo("Hello from loopback.");
            CallReport report = run.reports(1).get(0);
            assertThat(report.source()).isEqualTo(Source.UPSTREAM);
            assertThat(report.ending()).isEqualTo(Ending.COMPLETED);
            assertThat(report.usage()).contains(Usage.of(9, 4));
            assertThat(run.costLines()).singleElement().asString().contains("mode=passthrough", "tokens=9+4");
            Departures.carryTheEnvironmentsKeyAndModelOnly(upstream);
            assertThat(upstream.received()).hasSize(1);
        }
    }

    @Test
    void a_refusal_is_printed_as_status_and_message_and_never_reaches_the_upstream() throws Exception {
        try (LoopbackOpenAi upstream = LoopbackOpenAi.start();
                ExampleRun run = ExampleRun.passthroughWithoutKeys(upstream)) {

            int exit = QuickStart.run(run.gateway().wrap(new OkHttpClient()), PROMPT, run.out());

            assertThat(exit).isEqualTo(1);
            assertThat(run.printed()).startsWith("401 ").contains("staging");
            assertThat(run.reports(1).get(0).refusal()).contains(RefusalReason.NO_KEY);
            assertThat(upstream.received()).isEmpty();
        }
    }

    @Test
    void an_error_is_printed_as_status_and_message_and_exits_with_1() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        OkHttpClient refusing = new OkHttpClient.Builder()
                .addInterceptor(chain -> new Response.Builder()
                        .request(chain.request())
                        .protocol(Protocol.HTTP_1_1)
                        .code(429)
                        .message("Too Many Requests")
                        .body(ResponseBody.create(
                                "{\"error\":{\"message\":\"60 requests a minute are used up.\"}}",
                                MediaType.get("application/json")))
                        .build())
                .build();

        int exit = QuickStart.run(refusing, PROMPT, new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(exit).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8).strip()).isEqualTo("429 60 requests a minute are used up.");
    }

    @Test
    void the_program_runs_the_same_without_a_gateway() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (LoopbackOpenAi upstream = LoopbackOpenAi.start()) {

            QuickStart.run(PlainClient.to(upstream), PROMPT, new PrintStream(out, true, StandardCharsets.UTF_8));

            assertThat(out.toString(StandardCharsets.UTF_8).strip()).isEqualTo("Hello from loopback.");
        }
    }
}
