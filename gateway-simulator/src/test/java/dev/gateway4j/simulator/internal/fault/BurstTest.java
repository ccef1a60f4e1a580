package dev.gateway4j.simulator.internal.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BurstTest {
    private static final int SLOTS = 50_000;

    @Test
    void bursts_come_in_runs_of_the_stated_length_and_share() {
        Burst burst = new Burst(0.05, 0.2, Duration.ofSeconds(10));
        int on = 0;
        int runs = 0;
        boolean before = false;

        for (int i = 0; i < SLOTS; i++) {
            boolean now = burst.on(7, "503", TimeUnit.SECONDS.toNanos(10L * i));
            on += now ? 1 : 0;
            runs += now && !before ? 1 : 0;
            before = now;
        }

        assertThat(on / (double) SLOTS).isBetween(0.185, 0.215);
        assertThat(on / (double) runs).isBetween(4.7, 5.3);
    }
}
