package dev.gateway4j.api.config;

/** What happens to calls to hosts that are no upstream: the value of {@code isolation_level}. */
public enum Isolation {
    /** They are refused in every mode, and in simulated and replay mode no packet leaves at all. Default. */
    STRICT,
    /** They pass by untouched. */
    RELAXED
}
