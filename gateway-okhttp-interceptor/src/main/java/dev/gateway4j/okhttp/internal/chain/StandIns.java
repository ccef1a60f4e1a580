package dev.gateway4j.okhttp.internal.chain;

import dev.gateway4j.api.Mode;
import dev.gateway4j.api.config.ConfigProblem;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.GatewayConfigException;
import dev.gateway4j.api.config.ResponseRule;
import dev.gateway4j.api.config.ResponseType;
import dev.gateway4j.api.spi.Recorder;
import dev.gateway4j.api.spi.RecorderProvider;
import dev.gateway4j.api.spi.StandIn;
import dev.gateway4j.api.spi.StandInContext;
import dev.gateway4j.api.spi.StandInProvider;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds who answers what does not leave. Providers come from {@link ServiceLoader}; whatever the settings need and nobody gives is a
 * problem at start, never a surprise during a call.
 */
public final class StandIns {
    private static final String SIMULATOR = "dev.gateway4j:gateway-simulator";

    private final StandInContext context;
    private final List<ConfigProblem> problems = new ArrayList<>();

    private StandIns(StandInContext context) {
        this.context = context;
    }

    /**
     * The stand-in for every type of answer that the settings can ask for.
     *
     * @throws GatewayConfigException if a type has no provider, or more than one
     */
    public static Map<ResponseType, StandIn> find(StandInContext context) {
        StandIns found = new StandIns(context);
        Map<ResponseType, StandIn> standIns = found.standIns(load(StandInProvider.class));
        found.check();
        return standIns;
    }

    /** The same stand-in for every type of answer that the settings can ask for. */
    public static Map<ResponseType, StandIn> all(GatewayConfig config, StandIn standIn) {
        return needed(config).stream().collect(Collectors.toMap(type -> type, type -> standIn));
    }

    /**
     * The recorder, where exchanges may be saved.
     *
     * @throws GatewayConfigException if it is needed and has no provider, or more than one
     */
    public static Optional<Recorder> recorder(StandInContext context) {
        if (!records(context.config())) {
            return Optional.empty();
        }
        StandIns found = new StandIns(context);
        List<RecorderProvider> providers = load(RecorderProvider.class);
        List<String> names = providers.stream().map(RecorderProvider::name).toList();
        if (providers.size() != 1) {
            boolean missing = context.config().mode() == Mode.REPLAY;
            found.problem(
                    (missing ? "openai.cassettes.record_missing needs a recorder" : "Mode record needs a recorder")
                            + found.count(names)
                            + (names.isEmpty()
                                    ? " Add " + SIMULATOR + ", or " + (missing ? "remove it." : "use mode passthrough.")
                                    : ""));
        }
        found.check();
        return Optional.of(providers.get(0).create(context));
    }

    /** True if exchanges may be saved. */
    public static boolean records(GatewayConfig config) {
        return config.mode() == Mode.RECORD || config.recordsMissing();
    }

    private static Set<ResponseType> needed(GatewayConfig config) {
        EnumSet<ResponseType> types = EnumSet.noneOf(ResponseType.class);
        switch (config.mode()) {
            case PASSTHROUGH, RECORD -> {}
            case REPLAY -> types.add(ResponseType.CASSETTE);
            case SIMULATED -> types.add(ResponseType.GENERATED);
            case HYBRID -> types.add(config.defaultResponse());
        }
        if (config.mode() == Mode.SIMULATED || config.mode() == Mode.HYBRID) {
            config.responses().stream().map(ResponseRule::type).forEach(types::add);
        }
        types.remove(ResponseType.PASSTHROUGH);
        return types;
    }

    private Map<ResponseType, StandIn> standIns(List<StandInProvider> providers) {
        Map<StandInProvider, StandIn> made = new HashMap<>();
        Map<ResponseType, StandIn> standIns = new EnumMap<>(ResponseType.class);
        for (ResponseType type : needed(context.config())) {
            List<StandInProvider> giving =
                    providers.stream().filter(provider -> provider.gives(type)).toList();
            if (giving.size() == 1) {
                standIns.put(type, made.computeIfAbsent(giving.get(0), provider -> provider.create(context)));
            } else {
                problem("Answers of type " + type.id() + " are needed in mode "
                        + context.config().mode().id()
                        + count(giving.stream().map(StandInProvider::name).toList()) + advice(giving));
            }
        }
        return standIns;
    }

    private static String advice(List<StandInProvider> giving) {
        return giving.isEmpty() ? " Add " + SIMULATOR + ", or use mode passthrough." : "";
    }

    private String count(List<String> names) {
        return names.isEmpty()
                ? ", and nothing on the class path gives them."
                : ", and several on the class path give them: " + names + ". Keep one.";
    }

    private void problem(String message) {
        problems.add(new ConfigProblem("openai.mode", "class path", OptionalInt.empty(), message));
    }

    private void check() {
        if (!problems.isEmpty()) {
            throw new GatewayConfigException(problems);
        }
    }

    /** Both loaders are asked: in an application server ours may not see what the application brings. */
    static <T> List<T> load(Class<T> type) {
        Map<Class<?>, T> found = new HashMap<>();
        ServiceLoader.load(type).forEach(provider -> found.putIfAbsent(provider.getClass(), provider));
        ServiceLoader.load(type, StandIns.class.getClassLoader())
                .forEach(provider -> found.putIfAbsent(provider.getClass(), provider));
        return List.copyOf(found.values());
    }
}
