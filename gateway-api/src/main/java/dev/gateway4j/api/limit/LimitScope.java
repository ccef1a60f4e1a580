package dev.gateway4j.api.limit;

import java.util.Locale;

/** Whose calls a limit counts together. */
public enum LimitScope {
    /** Every call of every gateway that shares the store of limits. */
    GLOBAL,
    /** Every call of the environment. */
    ENVIRONMENT,
    /** The calls of a tenant. */
    TENANT,
    /** The calls for a feature. */
    FEATURE,
    /** The calls of a user; the same name under two tenants is two users. */
    USER,
    /** The attempts for a model. */
    MODEL,
    /** The attempts with a key. */
    KEY,
    /** What the upstream itself said is left, by quota group and model. Learned, never configured. */
    UPSTREAM;

    /** True if every attempt pays anew; false if a call pays once, however many attempts it takes. */
    public boolean perAttempt() {
        return this == MODEL || this == KEY || this == UPSTREAM;
    }

    /** The name in limits and headers, such as {@code user}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
