package dev.gateway4j.api;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

enum SystemTime implements TimeSource {
    INSTANCE;

    /** OkHttp 4.12 offers no signal for a cancelled call, so a wait looks up this often. */
    private static final long LOOK_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public boolean waitUntil(long dueNanos, BooleanSupplier stop) throws InterruptedException {
        while (true) {
            long left = dueNanos - System.nanoTime();
            if (left <= 0) {
                return true;
            }
            if (stop.getAsBoolean()) {
                return false;
            }
            TimeUnit.NANOSECONDS.sleep(Math.min(left, LOOK_UP_NANOS));
        }
    }
}
