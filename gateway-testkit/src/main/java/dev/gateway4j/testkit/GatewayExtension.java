package dev.gateway4j.testkit;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.Mode;
import dev.gateway4j.api.call.CallReport;
import dev.gateway4j.okhttp.Gateway;
import dev.gateway4j.okhttp.GatewayBuilder;
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
 * {@link ManualTime} as a parameter.
 *
 * <pre>{@code
 * @ExtendWith(GatewayExtension.class)
 * class AnswersTest {
 *     @Test
 *     void an_answer_arrives(OkHttpClient client) { ... }
 * }
 * }</pre>
 *
 * <p>Registered as a static field, or with {@code @ExtendWith} on a class, one gateway serves the whole class and is closed after its last
 * test; registered as an instance field, each test has its own. Tests that share a gateway must not run in parallel if they look at {@link
 * #reports()}.
 */
public final class GatewayExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {
    private final Consumer<GatewayBuilder> settings;
    private final RecordingListener listener = new RecordingListener();
    private @Nullable Session session;
    private boolean perClass;

    /** A simulated gateway; what {@code @ExtendWith} calls. */
    public GatewayExtension() {
        this(builder -> {});
    }

    private GatewayExtension(Consumer<GatewayBuilder> settings) {
        this.settings = settings;
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
        return new GatewayExtension(settings);
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
        return Map.of(OkHttpClient.class, client(), Gateway.class, gateway(), ManualTime.class, time());
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

    private record Session(Gateway gateway, OkHttpClient client, ManualTime time) {
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
            return new Session(gateway, gateway.wrap(new OkHttpClient()), time);
        }
    }
}
