package dev.gateway4j.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.ResponseType;
import dev.gateway4j.api.spi.StandIn;
import dev.gateway4j.api.spi.StandInContext;
import dev.gateway4j.api.spi.StandInProvider;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Compiled and run only in the profile {@code node}. */
@Timeout(120)
class NodeSdkTest {
    @Test
    void the_official_node_sdk_understands_the_simulator() throws Exception {
        TimeSource time = TimeSource.system();
        GatewayConfig config = GatewayConfig.reader()
                .set("environment", "development")
                .set("openai.mode", "simulated")
                .read();
        StandInProvider simulator = ServiceLoader.load(StandInProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.gives(ResponseType.GENERATED))
                .findFirst()
                .orElseThrow();

        try (StandIn standIn = simulator.create(new StandInContext(config, time, config.seed()));
                GatewayServer server = GatewayServer.start(standIn, time)) {
            ProcessBuilder node = new ProcessBuilder("node", "judge.mjs")
                    .directory(Path.of("src/test/node").toFile())
                    .redirectErrorStream(true);
            node.environment().put("TEST_API_BASE_URL", server.baseUrl());
            Process process = node.start();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);

            assertThat(output).endsWith("16 passed, 0 failed\n");
            assertThat(process.waitFor()).isZero();
        }
    }
}
