package dev.gateway4j.okhttp.internal.cache.flight;

import java.util.function.BooleanSupplier;

/** Lets others go on until something is so; the test's own time limit ends it if it never is. */
final class Crowd {
    private Crowd() {}

    @SuppressWarnings(
            "ThreadPriorityCheck") // unlike a busy loop it also lets a virtual thread off its carrier; order never
    // depends on it
    static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.yield();
        }
    }
}
