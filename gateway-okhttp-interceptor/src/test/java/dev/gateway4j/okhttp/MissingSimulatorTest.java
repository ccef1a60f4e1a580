package dev.gateway4j.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MissingSimulatorTest {
    @TempDir
    private Path directory;

    @Test
    void simulated_mode_without_the_simulator_names_the_artifact_to_add() throws Exception {
        Throwable failure = catchThrowable(() -> start(entry -> !entry.contains("gateway-simulator")));

        assertThat(failure)
                .hasMessage("The gateway cannot start, 1 problem:\n"
                        + "  openai.mode (class path): Answers of type generated are needed in mode simulated, and nothing on"
                        + " the class path gives them. Add dev.gateway4j:gateway-simulator, or use mode passthrough.");
    }

    @Test
    void with_it_the_gateway_starts() throws Exception {
        assertThat(start(entry -> true)).hasToString("Gateway[environment=development, mode=simulated]");
    }

    @Test
    void exact_limits_without_it_name_the_artifact_that_counts() throws Exception {
        Path file = Files.writeString(directory.resolve("gateway.yaml"), """
                environments:
                  staging:
                    openai: { credentials: { api_key: "${PATH}" } }
                    gateway: { rate_limits: { tokens_per_minute: 1000, estimator: exact } }
                """);

        Throwable failure = catchThrowable(() -> start(entry -> !entry.contains("gateway-simulator"), file));

        assertThat(failure)
                .hasMessage("The gateway cannot start, 1 problem:\n"
                        + "  gateway.rate_limits.estimator (class path): The estimator exact needs tokens counted, and"
                        + " nothing on the class path counts them. Add dev.gateway4j:gateway-simulator, give the builder a"
                        + " tokenCounter, or use the estimator upstream or worst_case.");
    }

    /** Starts a gateway in a class loader of its own, which sees the entries of the class path that pass the filter. */
    private static Object start(Predicate<String> visible) throws Exception {
        return in(visible, gateway -> gateway.getMethod("create").invoke(null));
    }

    /** As staging, with the settings of this file. */
    private static Object start(Predicate<String> visible, Path file) throws Exception {
        return in(visible, gateway -> {
            Object builder = gateway.getMethod("builder").invoke(null);
            Class<?> type = builder.getClass();
            type.getMethod("file", Path.class).invoke(builder, file);
            type.getMethod("environment", String.class).invoke(builder, "staging");
            return type.getMethod("build").invoke(builder);
        });
    }

    private interface Start {
        Object with(Class<?> gateway) throws Exception;
    }

    private static Object in(Predicate<String> visible, Start start) throws Exception {
        URL[] entries = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(visible)
                .map(MissingSimulatorTest::url)
                .toArray(URL[]::new);
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(entries, ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(loader);
            return start.with(loader.loadClass("dev.gateway4j.okhttp.Gateway"));
        } catch (InvocationTargetException e) {
            throw (Exception) e.getTargetException();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(entry, e);
        }
    }
}
