package dev.gateway4j.examples.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.Mode;
import dev.gateway4j.api.Secret;
import dev.gateway4j.api.call.CallReport;
import dev.gateway4j.api.config.UpstreamKey;
import dev.gateway4j.examples.loopback.LoopbackOpenAi;
import dev.gateway4j.okhttp.Gateway;
import dev.gateway4j.okhttp.GatewayBuilder;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One run of an example: the gateway it goes through, and what it printed, reported and logged. */
public final class ExampleRun implements AutoCloseable {
    /** The only secret that may reach the upstream. */
    public static final String ENVIRONMENT_KEY = "sk-test-staging-blue-0000";

    private static final UpstreamKey BLUE = new UpstreamKey(
            "staging-blue",
            Secret.of("staging-blue", ENVIRONMENT_KEY),
            "openai",
            1,
            List.of("*"),
            Optional.empty(),
            Optional.empty());

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final BlockingQueue<CallReport> reports = new LinkedBlockingQueue<>();
    private final CostLines costLines = new CostLines();
    private final Gateway gateway;

    private ExampleRun(GatewayBuilder builder) {
        gateway = builder.listener(reports::add).build();
    }

    /** A run in which the simulator answers. */
    public static ExampleRun simulated() {
        return new ExampleRun(Gateway.builder().environment("development").mode(Mode.SIMULATED));
    }

    /** A run in which that upstream answers, asked for a cheaper model than the program names. */
    public static ExampleRun passthrough(LoopbackOpenAi upstream) {
        return new ExampleRun(leaving(upstream, List.of(BLUE)));
    }

    /** A run in which that upstream would answer, if the environment had a key. */
    public static ExampleRun passthroughWithoutKeys(LoopbackOpenAi upstream) {
        return new ExampleRun(leaving(upstream, List.of()));
    }

    private static GatewayBuilder leaving(LoopbackOpenAi upstream, List<UpstreamKey> keys) {
        return Gateway.builder()
                .environment("staging")
                .mode(Mode.PASSTHROUGH)
                .set("upstreams.openai.base_url", upstream.baseUrl())
                .set("openai.models.gpt-4o", "gpt-4o-mini")
                .keySource(environment -> keys);
    }

    /** The gateway of this run. */
    public Gateway gateway() {
        return gateway;
    }

    /** Where the example prints to. */
    public PrintStream out() {
        return new PrintStream(printed, true, UTF_8);
    }

    /** What the example printed, without blanks around it. */
    public String printed() {
        return printed.toString(UTF_8).strip();
    }

    /** The next so many reports; a body that another thread closes may end after the example did. */
    public List<CallReport> reports(int count) throws InterruptedException {
        List<CallReport> heard = new ArrayList<>();
        while (heard.size() < count) {
            CallReport report = reports.poll(60, TimeUnit.SECONDS);
            assertThat(report).as("report %d of %d", heard.size() + 1, count).isNotNull();
            heard.add(report);
        }
        return heard;
    }

    /** The cost lines so far. */
    public List<String> costLines() {
        return costLines.messages();
    }

    @Override
    public void close() {
        gateway.close();
        costLines.close();
    }
}
