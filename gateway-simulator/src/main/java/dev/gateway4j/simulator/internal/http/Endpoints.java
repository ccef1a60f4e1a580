package dev.gateway4j.simulator.internal.http;

/** A group of endpoints that belong together, such as files or conversations. */
@FunctionalInterface
public interface Endpoints {
    /** Adds their routes. */
    void addTo(Routes.Builder routes);
}
