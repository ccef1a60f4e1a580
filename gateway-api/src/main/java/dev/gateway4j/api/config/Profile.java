package dev.gateway4j.api.config;

import dev.gateway4j.api.Mode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The built-in settings of an environment: what you get with no file. */
public enum Profile {
    /** Simulated, strict, verbose logging, detailed errors. */
    DEVELOPMENT(Mode.SIMULATED, LogLevel.VERBOSE, ErrorDetail.DETAILED),
    /** Replay, strict; a CI server never records. */
    TESTING(Mode.REPLAY, LogLevel.VERBOSE, ErrorDetail.DETAILED),
    /** Passthrough with its own keys, verbose logging, detailed errors. Also the profile of environments the user names. */
    STAGING(Mode.PASSTHROUGH, LogLevel.VERBOSE, ErrorDetail.DETAILED),
    /** Passthrough, essential logging, user-friendly errors; refuses stand-in and record modes unless {@code allow_stand_in} is set. */
    PRODUCTION(Mode.PASSTHROUGH, LogLevel.ESSENTIAL, ErrorDetail.USER_FRIENDLY);

    private final Mode mode;
    private final LogLevel logging;
    private final ErrorDetail errors;

    Profile(Mode mode, LogLevel logging, ErrorDetail errors) {
        this.mode = mode;
        this.logging = logging;
        this.errors = errors;
    }

    /** The built-in profile of an environment with this name, if it is one of ours. */
    public static Optional<Profile> named(String environment) {
        return Arrays.stream(values())
                .filter(profile -> profile.id().equals(environment))
                .findFirst();
    }

    /** The name of the environment that has this profile, such as {@code staging}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The mode if none is set. */
    public Mode mode() {
        return mode;
    }

    /** The log level if none is set. */
    public LogLevel logging() {
        return logging;
    }

    /** How much refusals tell if nothing is set. */
    public ErrorDetail errors() {
        return errors;
    }
}
