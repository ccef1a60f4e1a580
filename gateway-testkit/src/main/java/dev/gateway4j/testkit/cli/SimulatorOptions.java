package dev.gateway4j.testkit.cli;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.simulator.RateLimits;
import dev.gateway4j.simulator.SimulatedOpenAi;
import dev.gateway4j.simulator.Strictness;
import dev.gateway4j.testkit.GatewayServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code serve} that only the simulator understands. */
final class SimulatorOptions {
    @Option(
            names = "--scenario",
            paramLabel = "FILE|DIR",
            description = "Scenarios, asked before anything else. May be repeated.")
    private List<Path> scenarios = new ArrayList<>();

    @Option(
            names = "--seed-data",
            paramLabel = "FILE",
            description = "Questions and answers, CSV or JSON lines. May be repeated.")
    private List<Path> seedData = new ArrayList<>();

    @Option(
            names = "--faults",
            paramLabel = "TEXT|PRESET",
            description = "What goes wrong: \"429 p=0.1\", or a preset such as bad-afternoon. May be repeated.")
    private List<String> faults = new ArrayList<>();

    @Option(
            names = "--limits",
            paramLabel = "LIMITS",
            description = "off, tier-1 to tier-5, or rows such as \"gpt-4o*: 500 rpm, 30000 tpm\". Default: off.")
    private @Nullable String limits;

    @Option(names = "--strict", description = "Judges requests and keys as OpenAI does. The default.")
    private boolean strict;

    @Option(
            names = "--lenient",
            description = "Takes whatever keeps to the schema: any model, any id, any key or none.")
    private boolean lenient;

    @Option(
            names = "--spec",
            paramLabel = "FILE",
            description = "OpenAPI file whose operations are answered instead of those built in.")
    private @Nullable Path spec;

    @Option(
            names = "--keys",
            paramLabel = "KEY,...",
            split = ",",
            description = "Only these keys are good. Default: any key is, but there must be one.")
    private List<String> keys = new ArrayList<>();

    @Option(names = "--no-key", description = "Asks for no key.")
    private boolean noKey;

    @Option(names = "--state", paramLabel = "FILE", description = "What to remember: a snapshot.")
    private @Nullable Path state;

    /** The keys the server is to know. */
    List<String> keys() {
        return keys;
    }

    /** The simulator these options ask for; what is wrong with them goes into the list. */
    Optional<SimulatedOpenAi> simulator(GatewayConfig settings, TimeSource time, Problems problems) {
        contradictions(problems);
        SimulatedOpenAi.Builder builder = SimulatedOpenAi.builder()
                .config(settings)
                .time(time)
                .obeyFaultHeader()
                .strictness(lenient ? Strictness.LENIENT : Strictness.STRICT);
        if (!keys.isEmpty()) {
            builder.keys(markers());
        } else if (!noKey && !lenient) {
            builder.keys(Set.of(GatewayServer.ANY_KEY));
        }
        if (limits != null) {
            String text = limits;
            problems.collect("--limits " + text, () -> builder.limits(RateLimits.parse(text)));
        }
        faults.forEach(text -> problems.collect("--faults " + text, () -> builder.faults(text)));
        if (spec != null) {
            builder.spec(spec);
        }
        Optional<SimulatedOpenAi> built = problems.of("", builder::build);
        // What else is wrong is found by trying it on a simulator that leaves out what may have failed.
        built.or(() -> problems.of("", () -> SimulatedOpenAi.of(settings, time, settings.seed())))
                .or(() -> problems.of("", () -> SimulatedOpenAi.builder()
                        .config(Templates.without(settings))
                        .latency("instant")
                        .build()))
                .ifPresent(simulator -> fill(simulator, problems));
        return built;
    }

    /** For the banner. */
    List<String> lines(SimulatedOpenAi simulator) {
        String who = "any key";
        if (!keys.isEmpty()) {
            who = keys.size() + (keys.size() == 1 ? " key" : " keys");
        } else if (noKey || lenient) {
            who = "no key needed";
        }
        String wrong = simulator.faults().toString();
        return List.of(
                "mode: " + (lenient ? "lenient" : "strict") + ", " + who,
                "limits: " + (limits == null ? "off" : limits),
                "faults: " + (wrong.isEmpty() ? "none" : wrong),
                "scenarios: " + simulator.scenarios().list().size() + ", samples: "
                        + simulator.seedData().size());
    }

    /** What another stand-in would not understand. */
    List<String> given() {
        List<String> given = new ArrayList<>();
        add(given, "--scenario", !scenarios.isEmpty());
        add(given, "--seed-data", !seedData.isEmpty());
        add(given, "--faults", !faults.isEmpty());
        add(given, "--limits", limits != null);
        add(given, "--strict", strict);
        add(given, "--lenient", lenient);
        add(given, "--spec", spec != null);
        add(given, "--keys", !keys.isEmpty());
        add(given, "--no-key", noKey);
        add(given, "--state", state != null);
        return given;
    }

    private static void add(List<String> given, String name, boolean isGiven) {
        if (isGiven) {
            given.add(name);
        }
    }

    private void contradictions(Problems problems) {
        if (strict && lenient) {
            problems.add("--strict and --lenient contradict each other; leave one of them");
        }
        if (noKey && !keys.isEmpty()) {
            problems.add("--keys and --no-key contradict each other; leave one of them");
        }
        if (keys.stream().anyMatch(String::isBlank)) {
            problems.add("--keys has an empty key; separate keys by one comma");
        }
    }

    private Set<String> markers() {
        Set<String> markers = new LinkedHashSet<>();
        for (int i = 1; i <= keys.size(); i++) {
            markers.add("key-" + i);
        }
        return markers;
    }

    private void fill(SimulatedOpenAi simulator, Problems problems) {
        scenarios.forEach(path -> problems.collect(
                "--scenario " + path, () -> simulator.scenarios().load(path)));
        seedData.forEach(path -> problems.collect(
                "--seed-data " + path, () -> simulator.seedData().load(path)));
        if (state != null) {
            Path file = state;
            problems.collect("--state " + file, () -> simulator.state().restore(text(file)));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("it cannot be read as UTF-8: " + e, e);
        }
    }
}
