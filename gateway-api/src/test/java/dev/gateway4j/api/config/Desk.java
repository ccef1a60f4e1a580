package dev.gateway4j.api.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.Assertions;

/** A directory, properties and variables of the test's own, so that nothing of the real ones is read. */
final class Desk {
    private final Path directory;
    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> variables = new HashMap<>();
    private final Map<String, String> set = new TreeMap<>();

    Desk(Path directory) {
        this.directory = directory;
    }

    Desk file(String... lines) {
        return file("gateway.yaml", (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    Desk file(String name, byte[] bytes) {
        try {
            Path path = directory.resolve(name);
            Files.createDirectories(path.toAbsolutePath().getParent());
            Files.write(path, bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Desk directory(String name) {
        try {
            Files.createDirectories(directory.resolve(name));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Desk property(String name, String value) {
        properties.put(name, value);
        return this;
    }

    Desk variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    Desk set(String path, String value) {
        set.put(path, value);
        return this;
    }

    ConfigReader reader() {
        ConfigReader reader = GatewayConfig.reader()
                .properties(properties)
                .variables(variables)
                .directory(directory);
        set.forEach(reader::set);
        return reader;
    }

    GatewayConfig read() {
        return reader().read();
    }

    /** The problems, each as the user reads it. */
    List<String> problems() {
        return problems(reader());
    }

    static List<String> problems(ConfigReader reader) {
        GatewayConfigException failure = Assertions.catchThrowableOfType(GatewayConfigException.class, reader::read);
        return failure == null
                ? List.of()
                : failure.problems().stream().map(ConfigProblem::toString).toList();
    }
}
