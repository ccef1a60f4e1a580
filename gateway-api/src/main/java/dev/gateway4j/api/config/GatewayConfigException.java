package dev.gateway4j.api.config;

import java.util.List;
import java.util.stream.Collectors;

/** The settings do not work. Thrown when a client is wrapped, never during a call, and with every problem at once. */
public final class GatewayConfigException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<ConfigProblem> problems;

    /** An exception whose message lists all problems, one a line. */
    public GatewayConfigException(List<ConfigProblem> problems) {
        super(message(problems));
        this.problems = List.copyOf(problems);
    }

    /** Every problem that was found, in the order of the settings. */
    public List<ConfigProblem> problems() {
        return problems;
    }

    private static String message(List<ConfigProblem> problems) {
        String head = problems.size() == 1
                ? "The gateway cannot start, 1 problem:"
                : "The gateway cannot start, " + problems.size() + " problems:";
        return problems.stream().map(problem -> "  " + problem).collect(Collectors.joining("\n", head + "\n", ""));
    }
}
