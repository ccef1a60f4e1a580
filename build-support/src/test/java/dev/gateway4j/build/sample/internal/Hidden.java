package dev.gateway4j.build.sample.internal;

/** Public, yet inside. */
public final class Hidden {
    private Hidden() {}
}
