package dev.gateway4j.api;

import java.util.Locale;

/** Who gave the answer that the application received; the value of the {@code x-gateway-source} header. */
public enum Source {
    /** A real upstream. */
    UPSTREAM,
    /** The simulator. */
    SIMULATED,
    /** A cassette. */
    REPLAY,
    /** The gateway's cache. */
    CACHE,
    /** The gateway itself, which refused the call. */
    GATEWAY;

    /** The name used in headers and logs, such as {@code upstream}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
