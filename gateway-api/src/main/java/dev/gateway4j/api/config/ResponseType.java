package dev.gateway4j.api.config;

import java.util.Locale;

/** Where the answer to an endpoint comes from: the value of {@code simulated_responses[].response_type}. */
public enum ResponseType {
    /** A template file; what no template matches is generated. */
    TEMPLATE,
    /** Text made up by the simulator. Default. */
    GENERATED,
    /** A recorded cassette. */
    CASSETTE,
    /** The upstream. */
    PASSTHROUGH;

    /** The name used in configuration, such as {@code template}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
