package dev.gateway4j.testkit;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.Mode;
import dev.gateway4j.api.call.CallReport;
import dev.gateway4j.cassette.CassettePlayer;
import dev.gateway4j.okhttp.Gateway;
import dev.gateway4j.okhttp.GatewayBuilder;
import dev.gateway4j.simulator.Fault;
import dev.gateway4j.simulator.Journal;
import dev.gateway4j.simulator.Scenarios;
import dev.gateway4j.simulator.SeedData;
import dev.gateway4j.simulator.SimulatedOpenAi;
import dev.gateway4j.simulator.SimulatedState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * A gateway for the tests of one class: simulated, environment development, latency instant, and on a {@link ManualTime} whose waiters move
 * it themselves, so that no test ever waits. Tests take an {@link OkHttpClient} that goes through the gateway, the {@link Gateway} or the
 * {@link ManualTime} as a parameter. Where the simulator answers they also take the {@link SimulatedOpenAi}, its {@link Scenarios}, {@link
 * SeedData}, {@link Journal} and {@link SimulatedState}.
 *
 * <pre>{@code
 * @ExtendWith(GatewayExtension.class)
 * class AnswersTest {
 *     @Test
 *     void the_weather_is_told(OkHttpClient client, Scenarios scenarios, Journal journal) {
 *         scenarios.add(Scenario.named("sun").when(it -> it.userSays("weather")).answer(Answer.text("Sunny")));
 *         ...
 *         Verify.that(journal).request("/v1/chat/completions").count(1);
 *     }
 * }
 * }</pre>
 *
 * <p>Before each test the journal is emptied, what the simulator remembers is forgotten, and its scenarios, seed data and faults are again
 * those of the beginning: {@link #scenarios(Path)} names files that all tests share, and what a test adds is gone in the next one.
 *
 * <p>A test with {@link UseCassette} has a gateway of its own, which replays that cassette; it also takes the {@link CassettePlayer}, unless
 * the run records.
 *
 * <p>Registered as a static field, or with {@code @ExtendWith} on a class, one gateway serves the whole class and is closed after its last
 * test; registered as an instance field, each test has its own. Tests that share a gateway must not run in parallel if they look at {@link
 * #reports()}.
 */
public final class GatewayExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {
    private static final Namespace OURS = Namespace.create(GatewayExtension.class);

    private final Consumer<GatewayBuilder> settings;
    private final List<Path> scenarioFiles;
    private final RecordingListener listener = new RecordingListener();
    private final Map<String, Running> running = new ConcurrentHashMap<>();
    private @Nullable Session session;
    private boolean perClass;

    /** A simulated gateway; what {@code @ExtendWith} calls. */
    public GatewayExtension() {
        this(builder -> {}, List.of());
    }

    private GatewayExtension(Consumer<GatewayBuilder> settings, List<Path> scenarioFiles) {
        this.settings = settings;
        this.scenarioFiles = scenarioFiles;
    }

    /** A simulated gateway, for a field with {@code @RegisterExtension}. */
    public static GatewayExtension simulated() {
        return new GatewayExtension();
    }

    /**
     * A gateway with settings of the test's own on top of the simulated one.
     *
     * @param settings told the builder once per gateway, after the extension's own settings
     */
    public static GatewayExtension with(Consumer<GatewayBuilder> settings) {
        return new GatewayExtension(settings, List.of());
    }

    /** This extension with the scenarios of a file or directory, loaded before each test. For use where it is made, before any test. */
    public GatewayExtension scenarios(Path fileOrDirectory) {
        List<Path> files = new ArrayList<>(scenarioFiles);
        files.add(fileOrDirectory);
        return new GatewayExtension(settings, List.copyOf(files));
    }

    /** The gateway. */
    public Gateway gateway() {
        return cassette().map(CassetteSession::gateway).orElseGet(() -> session().gateway);
    }

    /** A client whose calls go through the gateway. */
    public OkHttpClient client() {
        return cassette().map(CassetteSession::client).orElseGet(() -> session().client);
    }

    /** The clock of the gateway. */
    public ManualTime time() {
        return cassette().map(CassetteSession::time).orElseGet(() -> session().time);
    }

    /**
     * The simulator that answers.
     *
     * @throws IllegalStateException if something else answers
     */
    public SimulatedOpenAi simulator() {
        return gateway()
                .standIn(SimulatedOpenAi.class)
                .orElseThrow(
                        () -> new IllegalStateException(
                                "no simulator answers calls of this gateway; choose mode simulated or hybrid, and no stand-in of your own"));
    }

    /** The reports of the calls that have ended in the running test, in the order in which they ended. */
    public List<CallReport> reports() {
        return cassette().map(CassetteSession::listener).orElse(listener).reports();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        perClass = true;
        if (annotation(context).isEmpty()) {
            open();
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        Optional<UseCassette> how = annotation(context);
        if (how.isPresent()) {
            String name = how.get().value().isEmpty()
                    ? CassetteName.of(context)
                    : how.get().value();
            CassetteSession opened = CassetteSession.open(how.get(), name, recordings(context), settings);
            running.put(context.getUniqueId(), new Running(Thread.currentThread(), Optional.of(opened)));
            return;
        }
        running.put(context.getUniqueId(), new Running(Thread.currentThread(), Optional.empty()));
        listener.clear();
        open();
        session().gateway.standIn(SimulatedOpenAi.class).ifPresent(this::begin);
    }

    private void begin(SimulatedOpenAi simulator) {
        simulator.scenarios().lenient().clear();
        simulator.seedData().clear();
        simulator.state().reset();
        simulator.journal().clear();
        simulator.faults().clear();
        session().faults.forEach(simulator.faults()::add);
        scenarioFiles.forEach(simulator.scenarios()::load);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Running ended = running.remove(context.getUniqueId());
        if (!perClass) {
            close();
        }
        if (ended != null) {
            ended.cassette.ifPresent(cassette -> cassette.close(sharedBy(context, cassette.how())));
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
        AllPlayed played = context.getStore(OURS).get(context.getUniqueId(), AllPlayed.class);
        if (played != null) {
            played.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return injectables(context).containsKey(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return Objects.requireNonNull(injectables(context).get(type), type::getName);
    }

    private static Optional<UseCassette> annotation(ExtensionContext context) {
        return context.getTestMethod()
                .flatMap(method -> AnnotationSupport.findAnnotation(method, UseCassette.class))
                .or(() -> context.getTestClass().flatMap(type -> onClass(type)));
    }

    /** On the class, or on one that it lies in. */
    private static Optional<UseCassette> onClass(@Nullable Class<?> type) {
        return type == null
                ? Optional.empty()
                : AnnotationSupport.findAnnotation(type, UseCassette.class).or(() -> onClass(type.getEnclosingClass()));
    }

    private static RunRecordings recordings(ExtensionContext context) {
        return context.getRoot()
                .getStore(OURS)
                .getOrComputeIfAbsent(RunRecordings.class, any -> new RunRecordings(), RunRecordings.class);
    }

    /** What judges all tests of a class together, if one cassette is all of theirs. */
    private static Optional<AllPlayed> sharedBy(ExtensionContext test, UseCassette how) {
        boolean own = test.getTestMethod()
                .filter(method -> AnnotationSupport.isAnnotated(method, UseCassette.class))
                .isPresent();
        if (own || how.value().isEmpty()) {
            return Optional.empty();
        }
        Optional<ExtensionContext> holder = Stream.iterate(
                        test.getParent(), Optional::isPresent, parent -> parent.flatMap(ExtensionContext::getParent))
                .flatMap(Optional::stream)
                .filter(parent -> parent.getTestMethod().isEmpty())
                .filter(parent ->
                        parent.getTestClass().flatMap(type -> onClass(type)).isPresent())
                .reduce((inner, outer) -> outer);
        return holder.map(type ->
                type.getStore(OURS).getOrComputeIfAbsent(type.getUniqueId(), any -> new AllPlayed(), AllPlayed.class));
    }

    /** That of the test which asks: the one of its thread or, for other threads, the only one that runs. */
    private Optional<CassetteSession> cassette() {
        List<Running> all = List.copyOf(running.values());
        List<Running> own = all.stream()
                .filter(test -> test.thread.equals(Thread.currentThread()))
                .toList();
        List<Running> asking = own.isEmpty() ? all : own;
        if (asking.size() > 1 && asking.stream().anyMatch(test -> test.cassette.isPresent())) {
            throw new IllegalStateException("Several tests run at once, and some have a cassette, each with its own"
                    + " gateway; take it, or the client, as a parameter of the test.");
        }
        return asking.stream().findFirst().flatMap(Running::cassette);
    }

    private static Map<Class<?>, Object> injectables(CassetteSession cassette) {
        Map<Class<?>, Object> injectables = new HashMap<>(Map.of(
                OkHttpClient.class,
                cassette.client(),
                Gateway.class,
                cassette.gateway(),
                ManualTime.class,
                cassette.time()));
        cassette.player().ifPresent(player -> injectables.put(CassettePlayer.class, player));
        return injectables;
    }

    private Map<Class<?>, Object> injectables(ExtensionContext context) {
        return Optional.ofNullable(running.get(context.getUniqueId()))
                .flatMap(Running::cassette)
                .map(GatewayExtension::injectables)
                .orElseGet(this::injectables);
    }

    private Map<Class<?>, Object> injectables() {
        open(); // the constructor of a test class is served before beforeEach
        Map<Class<?>, Object> injectables = new HashMap<>(Map.of(
                OkHttpClient.class,
                session().client,
                Gateway.class,
                session().gateway,
                ManualTime.class,
                session().time));
        session().gateway.standIn(SimulatedOpenAi.class).ifPresent(simulator -> {
            injectables.put(SimulatedOpenAi.class, simulator);
            injectables.put(Scenarios.class, simulator.scenarios());
            injectables.put(SeedData.class, simulator.seedData());
            injectables.put(Journal.class, simulator.journal());
            injectables.put(SimulatedState.class, simulator.state());
        });
        return injectables;
    }

    private void open() {
        if (session == null) {
            session = Session.open(settings, listener);
        }
    }

    private void close() {
        if (session != null) {
            session.gateway.close();
            session = null;
        }
    }

    private Session session() {
        if (session == null) {
            throw new IllegalStateException(
                    "The gateway of this extension exists from the first test to the last; register the extension with "
                            + "@RegisterExtension or @ExtendWith, and use it inside a test.");
        }
        return session;
    }

    /**
     * A test that has begun.
     *
     * @param thread where it runs
     * @param cassette its gateway, if it has one of its own
     */
    private record Running(Thread thread, Optional<CassetteSession> cassette) {}

    private record Session(Gateway gateway, OkHttpClient client, ManualTime time, List<Fault> faults) {
        static Session open(Consumer<GatewayBuilder> settings, RecordingListener listener) {
            ManualTime time = ManualTime.advancing();
            GatewayBuilder builder = Gateway.builder()
                    .environment("development")
                    .mode(Mode.SIMULATED)
                    .set("openai.latency", "instant")
                    .time(time)
                    .listener(listener);
            settings.accept(builder);
            Gateway gateway = builder.build();
            List<Fault> faults = gateway.standIn(SimulatedOpenAi.class)
                    .map(simulator -> simulator.faults().list())
                    .orElse(List.of());
            return new Session(gateway, gateway.wrap(new OkHttpClient()), time, faults);
        }
    }
}
