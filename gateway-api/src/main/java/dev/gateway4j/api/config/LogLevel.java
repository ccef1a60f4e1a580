package dev.gateway4j.api.config;

/** How much is logged: the value of {@code gateway.monitoring.logging}. */
public enum LogLevel {
    /** The cost line of each call, with its endpoint, its ending, the first byte, every attempt and what the limits decided. */
    VERBOSE,
    /** The cost line of each call. What an operator can act on is logged either way. */
    ESSENTIAL
}
