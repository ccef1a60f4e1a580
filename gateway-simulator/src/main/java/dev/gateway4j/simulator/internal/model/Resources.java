package dev.gateway4j.simulator.internal.model;

import dev.gateway4j.simulator.SimulatedOpenAi;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Text files that come with the simulator. */
public final class Resources {
    private Resources() {}

    /** The lines of a bundled file without comments and empty ones. */
    public static List<String> lines(String name) {
        try (InputStream in = SimulatedOpenAi.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the simulator's own file " + name + " is missing from the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + name, e);
        }
    }
}
