package dev.gateway4j.testkit;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.Mode;
import dev.gateway4j.api.call.CallReport;
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
import java.util.function.Consumer;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

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
 * <p>Registered as a static field, or with {@code @ExtendWith} on a class, one gateway serves the whole class and is closed after its last
 * test; registered as an instance field, each test has its own. Tests that share a gateway must not run in parallel if they look at {@link
 * #reports()}.
 */
public final class GatewayExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {
    private final Consumer<GatewayBuilder> settings;
    private final List<Path> scenarioFiles;
    private final RecordingListener listener = new RecordingListener();
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
        return session().gateway;
    }

    /** A client whose calls go through the gateway. */
    public OkHttpClient client() {
        return session().client;
    }

    /** The clock of the gateway. */
    public ManualTime time() {
        return session().time;
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
        return listener.reports();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        perClass = true;
        open();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        listener.clear();
        open();
        gateway().standIn(SimulatedOpenAi.class).ifPresent(this::begin);
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
        if (!perClass) {
            close();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return injectables().containsKey(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return Objects.requireNonNull(injectables().get(type), type::getName);
    }

    private Map<Class<?>, Object> injectables() {
        open(); // the constructor of a test class is served before beforeEach
        Map<Class<?>, Object> injectables =
                new HashMap<>(Map.of(OkHttpClient.class, client(), Gateway.class, gateway(), ManualTime.class, time()));
        gateway().standIn(SimulatedOpenAi.class).ifPresent(simulator -> {
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
