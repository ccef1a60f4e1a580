package dev.gateway4j.api.config;

/** How much is logged: the value of {@code gateway.monitoring.logging}. */
public enum LogLevel {
    /** The cost line of each call, and decisions at DEBUG. */
    VERBOSE,
    /** The cost line of each call, and what an operator can act on. */
    ESSENTIAL
}
