package dev.gateway4j.benchmarks;

import dev.gateway4j.api.Mode;
import dev.gateway4j.api.Secret;
import dev.gateway4j.api.call.CallListener;
import dev.gateway4j.api.config.ConfigReader;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.UpstreamKey;
import dev.gateway4j.api.spi.StandIn;
import dev.gateway4j.okhttp.Gateway;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The gateways that are measured, each with a listener that keeps the report. */
final class Gateways {
    private Gateways() {}

    static Gateway simulated(StandIn standIn, CallListener listener) {
        return Gateway.builder()
                .config(settings("development", Mode.SIMULATED))
                .standIn(standIn)
                .listener(listener)
                .build();
    }

    /** Replays the cassettes of a directory. */
    static Gateway replaying(Path directory) {
        return Gateway.builder()
                .config(reader("testing", Mode.REPLAY)
                        .set("openai.cassettes.directory", directory.toString())
                        .read())
                .build();
    }

    /** Two keys, so that one is drawn by weight for each call. */
    static Gateway passthrough(CallListener listener) {
        List<UpstreamKey> keys = List.of(key("blue", 2), key("green", 1));
        return Gateway.builder()
                .config(settings("staging", Mode.PASSTHROUGH))
                .keySource(environment -> keys)
                .listener(listener)
                .build();
    }

    /** The built-in profile of the environment, whatever the machine has set. */
    static GatewayConfig settings(String environment, Mode mode) {
        return reader(environment, mode).read();
    }

    private static ConfigReader reader(String environment, Mode mode) {
        return GatewayConfig.reader()
                .properties(Map.of())
                .variables(name -> name.equals("OPENAI_API_KEY_STAGING") ? "sk-test-grey-0000" : null)
                .set("environment", environment)
                .set("openai.mode", mode.id());
    }

    private static UpstreamKey key(String name, int weight) {
        Secret secret = Secret.of(name, "sk-test-" + name + "-0000");
        return new UpstreamKey(name, secret, "openai", weight, List.of("*"), Optional.empty(), Optional.empty());
    }
}
