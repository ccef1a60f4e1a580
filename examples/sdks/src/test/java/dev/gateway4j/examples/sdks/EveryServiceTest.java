package dev.gateway4j.examples.sdks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.simulator.SimulatedOpenAi;
import dev.gateway4j.simulator.Strictness;
import dev.gateway4j.testkit.GatewayServer;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every method of every service of the official Java SDK asks the lenient simulator, and reads strictly what it answers. */
class EveryServiceTest {
    /** Methods whose requests the bundled specification has; all others are newer than it. */
    private static final int KNOWN = 300;

    private static final Pattern NEWER = Pattern.compile("""
            (decisions|live|safety|webhooks|contentProvenanceChecks|graders|beta\\.agents)\\..*\
            |admin\\.organization\\.(externalKeys|externalStorage|workloadIdentityProviders)\\..*\
            |admin\\.organization\\.projects\\.(serviceTierSettings\\..*|apiKeys\\.update)\
            |admin\\.organization\\.usage\\.decisions|audio\\.voices\\.delete|evals\\.runs\\.cancel""");

    @ParameterizedTest(name = "all members: {0}, alternative {1}")
    @CsvSource({"false, 0", "true, 0", "true, 1", "true, 2", "true, 3"})
    void every_operation_answers_what_the_sdk_can_read(boolean full, int variant) throws Exception {
        List<SdkExam.Finding> findings = findings(full, variant);

        List<SdkExam.Finding> known = findings.stream()
                .filter(Predicate.not(SdkExam.Finding::outside))
                .toList();
        assertThat(known).hasSize(KNOWN);
        assertThat(known).allSatisfy(finding -> assertThat(finding.problem())
                .as(finding.method() + " " + finding.request() + " " + finding.status())
                .isEmpty());
        assertThat(findings.stream().filter(SdkExam.Finding::outside))
                .allSatisfy(finding -> assertThat(finding.method()).matches(NEWER));
    }

    private static List<SdkExam.Finding> findings(boolean full, int variant) throws Exception {
        TimeSource time = TimeSource.system();
        SimulatedOpenAi simulator = SimulatedOpenAi.builder()
                .config(GatewayConfig.reader().set("openai.mode", "simulated").read())
                .time(time)
                .seed(7)
                .latency("instant")
                .strictness(Strictness.LENIENT)
                .build();
        try (GatewayServer server = GatewayServer.start(simulator, time)) {
            return new SdkExam(server.baseUrl()).findings(full, variant);
        }
    }
}
