package dev.gateway4j.api.call;

import java.util.Locale;

/** How a call ended, seen from the application. */
public enum Ending {
    /** The answer was complete and was read, or said that it was complete before the application stopped reading. */
    COMPLETED,
    /** The gateway itself answered. */
    REFUSED,
    /** The application closed the answer before it was complete. */
    ABANDONED,
    /** The application cancelled the call. */
    CANCELLED,
    /** The answer ended before it said that it was complete. */
    TRUNCATED,
    /** No answer, or one that broke off with an exception. */
    FAILED;

    /** The name used in logs, such as {@code completed}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
