package dev.gateway4j.api.config;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
    private TimeSource clock = ManualTime.standing();

    Desk(Path directory) {
        this.directory = directory;
    }

    Desk file(String... lines) {
        return file("gateway.yaml", (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** A file that only its owner can read. */
    Desk file(String name, byte[] bytes) {
        try {
            Path path = directory.resolve(name);
            Files.createDirectories(path.toAbsolutePath().getParent());
            Files.write(path, bytes);
            return mode(name, "rw-------");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Desk mode(String name, String permissions) {
        try {
            Files.setPosixFilePermissions(directory.resolve(name), PosixFilePermissions.fromString(permissions));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Desk link(String name, String target) {
        try {
            Files.deleteIfExists(directory.resolve(name));
            Files.createSymbolicLink(directory.resolve(name), Path.of(target));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path path(String name) {
        return directory.resolve(name).toAbsolutePath();
    }

    Desk at(TimeSource time) {
        clock = time;
        return this;
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
                .clock(clock)
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
