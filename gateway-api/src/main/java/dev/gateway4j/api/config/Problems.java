package dev.gateway4j.api.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong, so that everything is reported at once. */
final class Problems {
    private static final List<String> LAYERS = List.of(Origin.BUILDER, Origin.PROPERTY, Origin.VARIABLE);
    private static final int SHOWN_LENGTH = 80;

    private final List<ConfigProblem> found = new ArrayList<>();

    void add(Origin origin, String message) {
        ConfigProblem problem = new ConfigProblem(origin.path(), origin.source(), origin.line(), message);
        if (!found.contains(problem)) { // what several environments share is looked at for each of them
            found.add(problem);
        }
    }

    int count() {
        return found.size();
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new GatewayConfigException(sorted());
        }
    }

    /** By precedence of the layers, the file last and line by line. */
    private List<ConfigProblem> sorted() {
        return found.stream()
                .sorted(Comparator.comparingInt(Problems::layer)
                        .thenComparingInt(problem -> problem.line().orElse(0)))
                .toList();
    }

    private static int layer(ConfigProblem problem) {
        int layer = LAYERS.indexOf(problem.source());
        return layer < 0 ? LAYERS.size() : layer;
    }

    /** A value for a message: in quotes, of a bearable length, and not if it looks like a key somebody pasted in the wrong place. */
    static String quoted(String value) {
        if (value.contains("sk-")) {
            return "a value that looks like a secret";
        }
        return '"' + (value.length() > SHOWN_LENGTH ? value.substring(0, SHOWN_LENGTH) + "…" : value) + '"';
    }
}
