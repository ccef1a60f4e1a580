package dev.gateway4j.testkit;

import java.util.List;

/** A request to the admin path that does not work: what went wrong, why, and the way out. */
final class AdminError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String what;
    private final String why;
    private final String wayOut;
    private final transient List<String> problems;

    AdminError(int status, String what, String why, String wayOut) {
        this(status, what, why, wayOut, List.of());
    }

    AdminError(int status, String what, String why, String wayOut, List<String> problems) {
        super(what + ": " + why);
        this.status = status;
        this.what = what;
        this.why = why;
        this.wayOut = wayOut;
        this.problems = List.copyOf(problems);
    }

    int status() {
        return status;
    }

    String what() {
        return what;
    }

    String why() {
        return why;
    }

    String wayOut() {
        return wayOut;
    }

    /** Each problem of a document with its line; empty if there is but one, which is the reason. */
    List<String> problems() {
        return problems;
    }
}
