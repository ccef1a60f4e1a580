package dev.gateway4j.testkit.cli;

import dev.gateway4j.api.Mode;
import dev.gateway4j.okhttp.Gateway;
import dev.gateway4j.okhttp.GatewayBuilder;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code cassettes verify} and {@code cassettes rerecord} are told. */
final class CareOptions {
    @Parameters(index = "0", paramLabel = "DIR", description = "The directory of the cassettes.")
    private String directory = "";

    @Parameters(
            index = "1..*",
            paramLabel = "NAME",
            arity = "0..*",
            description = "Names of cassettes, NAME#2 for one interaction. Default: all.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--budget",
            paramLabel = "USD",
            defaultValue = "1.00",
            description = "What may be spent, in US dollars. Default: 1.00.")
    private BigDecimal budget = BigDecimal.ONE;

    @Option(
            names = "--yes",
            description = "Sends without asking. Without this, and without --dry-run, nothing is sent.")
    private boolean yes;

    @Option(names = "--dry-run", description = "Only says what would be sent, and what it would cost.")
    private boolean dryRun;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Option(names = "--config", paramLabel = "FILE", description = "Configuration file instead of ./gateway.yaml.")
    private @Nullable Path config;

    @Option(names = "--environment", paramLabel = "NAME", description = "The environment whose keys are used.")
    private @Nullable String environment;

    String directory() {
        return directory;
    }

    List<String> names() {
        return names;
    }

    @Nullable
    Path config() {
        return config;
    }

    BigDecimal budget() {
        return budget;
    }

    boolean yes() {
        return yes;
    }

    boolean dryRun() {
        return dryRun;
    }

    boolean json() {
        return json;
    }

    /** A gateway that has the keys and lets everything through. */
    Optional<Gateway> gateway(Place place, Problems problems) {
        return problems.of("", () -> {
            GatewayBuilder builder =
                    Gateway.builder().mode(Mode.PASSTHROUGH).set("openai.cassettes.directory", place.setting());
            if (config != null) {
                builder.file(config);
            }
            if (environment != null) {
                builder.environment(environment);
            }
            return builder.build();
        });
    }
}
