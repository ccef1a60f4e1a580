package dev.gateway4j.cassette;

/** A cassette that cannot be read, written or used. The message names file and place, the rule, and the way out; never a secret. */
public final class CassetteException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a message. */
    public CassetteException(String message) {
        super(message);
    }

    /** With a message, and what brought it about. */
    public CassetteException(String message, Throwable cause) {
        super(message, cause);
    }
}
