package dev.gateway4j.simulator.internal.endpoint.keep;

import dev.gateway4j.simulator.internal.chance.Chance;
import dev.gateway4j.simulator.internal.chance.Fingerprint;
import dev.gateway4j.simulator.internal.chance.Ids;
import dev.gateway4j.simulator.internal.http.Services;

/** Work that goes on while nobody looks: how long it takes, and its chance. Thread-safe. */
public final class Work {
    private final Services services;

    /** Work with these services. */
    public Work(Services services) {
        this.services = services;
    }

    /** The time, in seconds since 1970. */
    public long now() {
        return services.time().now().getEpochSecond();
    }

    /** How many seconds a stage takes: its usual time, or only {@code instant} where answers take no time either. */
    public long lasts(double usual, long instant) {
        return answer() == 0 ? instant : Math.max(instant, Math.round(usual));
    }

    /** How many seconds one answer of middling length takes. */
    public double answer() {
        return services.planner().pace(chance("work", 0)).whole(128) / 1e9;
    }

    /** The chance of the {@code index}-th thing that comes of the thing of this id. */
    public Chance chance(String id, long index) {
        return new Chance(services.seed(), Fingerprint.of("work", id), index);
    }

    /** Ids of the {@code index}-th thing that comes of the thing of this id. */
    public Ids ids(String id, long index) {
        return new Ids(chance(id, index));
    }
}
