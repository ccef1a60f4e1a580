package dev.gateway4j.simulator.internal.endpoint.realtime;

import java.util.Optional;

/** What is wrong with an event of the client. Thrown while it is read; one place turns it into an event of the server. */
final class EventError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String param;

    /**
     * An error.
     *
     * @param code what it is, for programs
     * @param param the member that is wrong; empty if it is none
     * @param message what it is, for people
     */
    EventError(String code, String param, String message) {
        super(message, null, false, false);
        this.code = code;
        this.param = param;
    }

    static EventError missing(String param) {
        return new EventError("missing_required_parameter", param, "Missing required parameter: '" + param + "'.");
    }

    static EventError unknown(String param) {
        return new EventError("unknown_parameter", param, "Unknown parameter: '" + param + "'.");
    }

    static EventError value(String param, String value, String supported) {
        return new EventError(
                "invalid_value", param, "Invalid value: '" + value + "'. Supported values are: " + supported + ".");
    }

    String code() {
        return code;
    }

    Optional<String> param() {
        return Optional.of(param).filter(text -> !text.isEmpty());
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
