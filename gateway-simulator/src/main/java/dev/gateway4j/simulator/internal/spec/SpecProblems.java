package dev.gateway4j.simulator.internal.spec;

import dev.gateway4j.api.config.ConfigProblem;
import dev.gateway4j.api.config.GatewayConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** What is wrong with a specification file. Used by one thread at a time. */
final class SpecProblems {
    private final String source;
    private final List<ConfigProblem> found = new ArrayList<>();

    SpecProblems(String source) {
        this.source = source;
    }

    void add(String path, String message) {
        found.add(new ConfigProblem(path, source, OptionalInt.empty(), message));
    }

    void add(String path, int line, String message) {
        found.add(new ConfigProblem(path, source, OptionalInt.of(line), message));
    }

    void throwAny() {
        if (!found.isEmpty()) {
            throw new GatewayConfigException(found);
        }
    }
}
