package dev.gateway4j.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class ManualTimeTest {
    @Test
    void both_clocks_move_together() {
        ManualTime time = ManualTime.standing();

        time.advance(Duration.ofMinutes(90));

        assertThat(time.nanos()).isEqualTo(Duration.ofMinutes(90).toNanos());
        assertThat(time.now()).isEqualTo(Instant.parse("2026-01-01T01:30:00Z"));
    }

    @Test
    void time_never_goes_back() {
        ManualTime time = ManualTime.standing();

        assertThatIllegalArgumentException().isThrownBy(() -> time.advance(Duration.ofNanos(-1)));
    }

    @Test
    void a_waiter_of_an_advancing_clock_moves_it_to_its_due_time() throws InterruptedException {
        ManualTime time = ManualTime.advancing();

        boolean reached = time.waitUntil(Duration.ofHours(1).toNanos(), () -> false);

        assertThat(reached).isTrue();
        assertThat(time.nanos()).isEqualTo(Duration.ofHours(1).toNanos());
    }

    @Test
    void a_time_in_the_past_does_not_wait_and_asks_nobody() throws InterruptedException {
        ManualTime time = ManualTime.standing();
        time.advance(Duration.ofSeconds(1));

        assertThat(time.waitUntil(0, () -> true)).isTrue();
    }

    @Test
    void a_wait_that_is_stopped_moves_nothing() throws InterruptedException {
        ManualTime time = ManualTime.advancing();

        boolean reached = time.waitUntil(1, () -> true);

        assertThat(reached).isFalse();
        assertThat(time.nanos()).isZero();
    }

    @Test
    void a_waiter_of_a_standing_clock_blocks_until_another_thread_advances() {
        ManualTime time = ManualTime.standing();
        CompletableFuture<Boolean> waiter = waiter(time, 1000, new AtomicBoolean());
        awaitWaiting(time);

        time.advance(Duration.ofNanos(999));
        assertThat(waiter).isNotDone();
        time.advance(Duration.ofNanos(1));

        assertThat(waiter.join()).isTrue();
        assertThat(time.waiting()).isZero();
    }

    @Test
    void a_blocked_waiter_notices_that_it_is_to_stop() {
        ManualTime time = ManualTime.standing();
        AtomicBoolean stop = new AtomicBoolean();
        CompletableFuture<Boolean> waiter = waiter(time, 1000, stop);
        awaitWaiting(time);

        stop.set(true);

        assertThat(waiter.join()).isFalse();
    }

    @Test
    void an_interrupted_thread_does_not_wait() {
        ManualTime time = ManualTime.advancing();
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> time.waitUntil(1, () -> false));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    private static CompletableFuture<Boolean> waiter(ManualTime time, long due, AtomicBoolean stop) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return time.waitUntil(due, stop::get);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void awaitWaiting(ManualTime time) {
        while (time.waiting() == 0) {
            Thread.onSpinWait();
        }
    }
}
