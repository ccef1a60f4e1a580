package dev.gateway4j.examples.environments;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.simulator.SimulatedOpenAi;
import dev.gateway4j.testkit.GatewayServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class SideBySideTest {
    private static final String KEY = "sk-test-environments-";

    private final Logger costs = (Logger) LoggerFactory.getLogger("dev.gateway4j.cost");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @TempDir
    Path directory;

    @BeforeEach
    void listen() {
        lines.start();
        costs.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        costs.detachAppender(lines);
    }

    @Test
    void two_environments_of_one_file_differ_in_keys_models_limits_and_logs() throws Exception {
        Path settings = Workspace.write(directory);
        GatewayConfig simulated = GatewayConfig.reader()
                .properties(Map.of())
                .variables(Map.of())
                .set("environment", "development")
                .read();

        try (SimulatedOpenAi openAi =
                        SimulatedOpenAi.builder().config(simulated).build();
                GatewayServer server = GatewayServer.start(openAi, TimeSource.system())) {
            new SideBySide(server.baseUrl(), ManualTime.standing(), new PrintStream(printed, true, UTF_8))
                    .run(settings);

            assertThat(server.requests()).hasSize(7).allSatisfy(request -> assertThat(request.bodyText())
                    .containsAnyOf("\"gpt-4o-mini\"", "\"gpt-4o\"")
                    .doesNotContain("sk-test"));
        }

        List<String> said = printed.toString(UTF_8).lines().toList();
        assertThat(said.subList(0, 4))
                .containsExactly(
                        "staging ada: 200 from gpt-4o-mini with staging-blue",
                        "staging ada: 200 from gpt-4o-mini with staging-blue",
                        "staging ada: 429 per_user.requests_per_minute, again in 30 s",
                        "staging bob: 200 from gpt-4o-mini with staging-blue");
        assertThat(said.subList(4, 8)).allSatisfy(line -> assertThat(line)
                .matches("production (ada|bob): 200 from gpt-4o with production-(blue|green)"));
        List<String> logged =
                lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
        assertThat(logged).hasSize(8).noneMatch(line -> line.contains(KEY));
        assertThat(logged.subList(0, 4)).allSatisfy(line -> assertThat(line)
                .contains(" endpoint=/v1/chat/completions ", " tries=staging-blue:"));
        assertThat(logged.subList(4, 8))
                .allSatisfy(
                        line -> assertThat(line).contains(" key=production-").doesNotContain("endpoint="));
    }
}
