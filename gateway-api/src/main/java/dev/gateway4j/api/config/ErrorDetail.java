package dev.gateway4j.api.config;

/** How much a refusal tells the application: the value of {@code gateway.errors}. */
public enum ErrorDetail {
    /** The value, the rule and the way out. */
    DETAILED,
    /** One sentence without names of keys, hosts or settings; the details stand in the log. */
    USER_FRIENDLY
}
