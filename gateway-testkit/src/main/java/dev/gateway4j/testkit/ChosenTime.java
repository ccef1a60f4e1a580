package dev.gateway4j.testkit;

import dev.gateway4j.api.TimeSource;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** A clock that is chosen when the settings are known, before anybody has asked it. */
final class ChosenTime implements TimeSource {
    private volatile TimeSource chosen;

    ChosenTime(TimeSource first) {
        this.chosen = first;
    }

    void choose(TimeSource other) {
        chosen = other;
    }

    @Override
    public long nanos() {
        return chosen.nanos();
    }

    @Override
    public Instant now() {
        return chosen.now();
    }

    @Override
    public boolean waitUntil(long dueNanos, BooleanSupplier stop) throws InterruptedException {
        return chosen.waitUntil(dueNanos, stop);
    }
}
