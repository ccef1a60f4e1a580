package dev.gateway4j.simulator.internal.request;

import java.util.Optional;

/** An error that OpenAI would answer. Thrown while a request is read; one place turns it into a reply. */
public final class ApiError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String type;
    private final String code;
    private final String param;

    ApiError(int status, String type, String code, String param, String message) {
        super(message, null, false, false);
        this.status = status;
        this.type = type;
        this.code = code;
        this.param = param;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The {@code type} on the wire. */
    public String type() {
        return type;
    }

    /** The {@code code} on the wire, if it is not null. */
    public Optional<String> code() {
        return Optional.of(code).filter(text -> !text.isEmpty());
    }

    /** The {@code param} on the wire, if it is not null. */
    public Optional<String> param() {
        return Optional.of(param).filter(text -> !text.isEmpty());
    }

    /** The {@code message} on the wire. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
