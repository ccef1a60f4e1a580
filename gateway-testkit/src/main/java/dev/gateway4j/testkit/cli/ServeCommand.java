package dev.gateway4j.testkit.cli;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.config.ConfigReader;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.ResponseType;
import dev.gateway4j.api.spi.StandIn;
import dev.gateway4j.api.spi.StandInContext;
import dev.gateway4j.api.spi.StandInProvider;
import dev.gateway4j.simulator.SimulatedOpenAi;
import dev.gateway4j.simulator.SimulatedOpenAiProvider;
import dev.gateway4j.testkit.GatewayServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code serve}: the simulator, or cassettes, on loopback until a signal ends it. */
@Command(
        name = "serve",
        description = "Runs the simulated OpenAI, or replays cassettes, on 127.0.0.1 until SIGTERM or Ctrl-C.",
        mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    /** Held, since a logger nobody holds forgets its level. MockWebServer warns of every connection that asks nothing. */
    private static final Logger SERVER_LOG = Logger.getLogger("mockwebserver3.MockWebServer");

    private final List<StandInProvider> providers;
    private final UnaryOperator<@Nullable String> variables;
    private final PrintWriter out;
    private final PrintWriter err;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "4010",
            description = "Port; 0 for a free one. Default: 4010.")
    private int port;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of every random draw.")
    private @Nullable Long seed;

    @Option(names = "--latency", paramLabel = "PROFILE", description = "Latency profile, such as instant.")
    private @Nullable String latency;

    @Option(names = "--config", paramLabel = "FILE", description = "Configuration file instead of ./gateway.yaml.")
    private @Nullable Path config;

    @Option(
            names = "--templates",
            paramLabel = "DIR",
            description = "Templates for answers of chat, responses and completions.")
    private @Nullable Path templates;

    @Mixin
    private SimulatorOptions simulated = new SimulatorOptions();

    @Mixin
    private CassetteOptions replayed = new CassetteOptions();

    @Mixin
    private TlsOptions tls = new TlsOptions();

    @Option(
            names = "--no-admin",
            description = "Leaves out /__admin, by which tests set scenarios and read the journal.")
    private boolean noAdmin;

    ServeCommand(
            List<StandInProvider> providers,
            UnaryOperator<@Nullable String> variables,
            PrintWriter out,
            PrintWriter err) {
        this.providers = providers;
        this.variables = variables;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        return replayed.place().map(this::replay).orElseGet(this::simulate);
    }

    private int replay(Place place) {
        Problems problems = new Problems();
        checkPort(problems);
        replayed.check(forTheSimulator(), problems);
        tls.check(problems);
        TimeSource time = TimeSource.system();
        Optional<CassetteServing> serving = CassetteServing.of(place, replayed, config, variables, time, problems);
        if (serving.isEmpty()) {
            return wrongUse(problems);
        }
        try (CassetteServing cassettes = serving.get()) {
            return serve("cassettes", cassettes.server().time(time), false, cassettes.lines());
        }
    }

    private List<String> forTheSimulator() {
        List<String> given = new ArrayList<>(simulated.given());
        if (templates != null) {
            given.add("--templates");
        }
        if (latency != null) {
            given.add("--latency");
        }
        if (seed != null) {
            given.add("--seed");
        }
        return given;
    }

    private void checkPort(Problems problems) {
        if (port < 0 || port > 65_535) {
            problems.add("--port is " + port + "; a port lies between 0 and 65535");
        }
    }

    private int wrongUse(Problems problems) {
        problems.list().forEach(problem -> err.println("gateway-cli: " + problem));
        return GatewayCli.WRONG_USE;
    }

    private int simulate() {
        Optional<StandInProvider> provider = simulator();
        if (provider.isEmpty()) {
            return GatewayCli.FAILED;
        }
        Problems problems = new Problems();
        checkPort(problems);
        replayed.check(List.of(), problems);
        if (templates != null && !Files.isDirectory(templates)) {
            problems.add("--templates " + templates + " is not a directory");
        }
        tls.check(problems);
        TimeSource time = TimeSource.system();
        Optional<Served> served =
                problems.of("", this::settings).flatMap(settings -> served(provider.get(), settings, time, problems));
        if (served.isEmpty() || !problems.list().isEmpty()) {
            return wrongUse(problems);
        }
        return serve(served.get(), time);
    }

    /** What is served, and what the banner says of it. */
    private record Served(StandIn standIn, Optional<SimulatedOpenAi> simulator, List<String> lines) {}

    private Optional<Served> served(
            StandInProvider provider, GatewayConfig settings, TimeSource time, Problems problems) {
        List<String> lines = new ArrayList<>();
        lines.add("seed: " + settings.seed());
        lines.add("latency: " + settings.latency());
        if (provider instanceof SimulatedOpenAiProvider) {
            return simulated.simulator(settings, time, problems).map(simulator -> {
                lines.addAll(0, simulated.lines(simulator));
                simulator.notices().forEach(notice -> lines.add("notice: " + notice));
                return new Served(simulator, Optional.of(simulator), lines);
            });
        }
        simulated
                .given()
                .forEach(option -> problems.add(option + " is for the simulator; \"" + provider.name() + "\" is none"));
        return problems.of("", () -> provider.create(new StandInContext(settings, time, settings.seed())))
                .map(standIn -> new Served(standIn, Optional.empty(), lines));
    }

    private int serve(Served served, TimeSource time) {
        try (StandIn standIn = served.standIn) {
            GatewayServer.Builder builder =
                    GatewayServer.builder(standIn).time(time).keys(simulated.keys());
            if (!noAdmin) {
                served.simulator.ifPresent(builder::admin);
            }
            return serve("simulator", builder, served.simulator.isPresent() && !noAdmin, served.lines);
        }
    }

    private int serve(String what, GatewayServer.Builder builder, boolean admin, List<String> about) {
        SERVER_LOG.setLevel(Level.SEVERE);
        try {
            List<String> lines = new ArrayList<>(about);
            lines.addAll(tls.addTo(builder));
            return serve(builder.port(port), "Gateway4j " + what + " listening on ", lines, admin);
        } catch (BindException e) {
            err.println("gateway-cli: port " + port + " on 127.0.0.1 cannot be used (" + e.getMessage()
                    + "); choose another with --port, or --port 0 for a free one");
        } catch (IOException e) {
            err.println("gateway-cli: the server does not start: " + e.getMessage());
        }
        return GatewayCli.FAILED;
    }

    private int serve(GatewayServer.Builder builder, String greeting, List<String> lines, boolean admin)
            throws IOException {
        try (GatewayServer server = builder.start()) {
            Lifetime lifetime = Lifetime.of(server);
            out.println(greeting + server.baseUrl());
            lines.forEach(line -> out.println("  " + line));
            if (admin) {
                out.println("  admin: " + server.baseUrl().replaceFirst("/v1$", "/__admin"));
            }
            out.flush();
            lifetime.await();
            return GatewayCli.OK;
        }
    }

    private GatewayConfig settings() {
        ConfigReader reader = GatewayConfig.reader().set("openai.mode", "simulated");
        if (config != null) {
            reader.file(config);
        }
        if (latency != null) {
            reader.set("openai.latency", latency);
        }
        if (seed != null) {
            reader.set("openai.seed", seed.toString());
        }
        GatewayConfig settings = reader.read();
        return templates == null || !Files.isDirectory(templates)
                ? settings
                : Templates.in(templates).over(settings);
    }

    private Optional<StandInProvider> simulator() {
        List<StandInProvider> able = providers.stream()
                .filter(it -> it.gives(ResponseType.GENERATED))
                .toList();
        if (able.size() == 1) {
            return Optional.of(able.get(0));
        }
        err.println(
                able.isEmpty()
                        ? "gateway-cli: no simulator on the class path; add dev.gateway4j:gateway-simulator"
                        : "gateway-cli: several simulators on the class path, leave one of them: "
                                + able.stream().map(StandInProvider::name).collect(Collectors.joining(", ")));
        return Optional.empty();
    }
}
