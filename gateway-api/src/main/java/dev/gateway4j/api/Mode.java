package dev.gateway4j.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What answers the calls of an environment. Chosen once, when a client is wrapped. */
public enum Mode {
    /** The simulator answers; no packet leaves. Default of the development profile. */
    SIMULATED,
    /** The upstream answers, with the environment's own key. Default of the staging and production profiles. */
    PASSTHROUGH,
    /** A mix by endpoint and model; what is not listed is simulated. */
    HYBRID,
    /** Recorded cassettes answer; no packet leaves. Default of the testing profile. */
    REPLAY,
    /** The upstream answers and the exchange is saved as a cassette. */
    RECORD;

    /**
     * Reads a mode as users write it: any case, surrounding blanks ignored.
     *
     * @return empty if no mode has that name
     */
    public static Optional<Mode> parse(String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(mode -> mode.id().equals(wanted)).findFirst();
    }

    /** The name used in configuration, headers and logs, such as {@code passthrough}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** True if a call in this mode can reach an upstream, so that keys are needed. */
    public boolean reachesUpstream() {
        return this == PASSTHROUGH || this == HYBRID || this == RECORD;
    }

    /** True for the modes in which no packet may leave the process. */
    public boolean isStandIn() {
        return this == SIMULATED || this == REPLAY;
    }
}
