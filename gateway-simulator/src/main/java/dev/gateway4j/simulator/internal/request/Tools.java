package dev.gateway4j.simulator.internal.request;

import java.util.List;
import java.util.Optional;

/**
 * The tools of a request and what may be done with them.
 *
 * @param list the tools in order
 * @param choice whether they may or must be used
 * @param allowed the names of those that may be used; empty for all
 * @param parallel true if several calls may be made at once
 */
public record Tools(List<Tool> list, Choice choice, List<String> allowed, boolean parallel) {
    /** A request without tools. */
    public static final Tools NONE = new Tools(List.of(), Choice.AUTO, List.of(), true);

    /** Whether tools may or must be used. */
    public enum Choice {
        /** None may be. */
        NONE,
        /** They may be. */
        AUTO,
        /** One of those allowed must be. */
        REQUIRED
    }

    /** Copies the lists. */
    public Tools {
        list = List.copyOf(list);
        allowed = List.copyOf(allowed);
    }

    /** The tools that may be used. */
    public List<Tool> usable() {
        return choice == Choice.NONE
                ? List.of()
                : list.stream()
                        .filter(tool -> allowed.isEmpty() || allowed.contains(tool.name()))
                        .toList();
    }

    /** The tool of this name. */
    public Optional<Tool> named(String name) {
        return list.stream().filter(tool -> tool.name().equals(name)).findFirst();
    }
}
