package dev.gateway4j.okhttp.internal.cache.semantic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateway4j.api.ManualTime;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class ErrandsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualTime time = ManualTime.standing();

    @Test
    void what_is_done_in_time_is_answered_and_what_is_thrown_is_thrown() throws Exception {
        try (Errands errands = new Errands(time, 2)) {
            assertThat(errands.run(() -> "done", SECOND)).isEqualTo("done");
            assertThatThrownBy(() -> errands.run(
                            () -> {
                                throw new java.io.IOException("as it was");
                            },
                            SECOND))
                    .isExactlyInstanceOf(java.io.IOException.class)
                    .hasMessage("as it was");
        }
    }

    @Test
    void threads_that_hang_do_not_pile_up_and_count_again_once_they_are_back() throws Exception {
        CountDownLatch back = new CountDownLatch(1);
        try (Errands errands = new Errands(time, 2)) {
            for (int i = 0; i < 2; i++) {
                CountDownLatch begun = new CountDownLatch(1);
                Thread clock = new Thread(() -> {
                    await(begun);
                    time.advance(SECOND);
                });
                clock.start();
                assertThatThrownBy(() -> errands.run(() -> hang(begun, back), SECOND))
                        .isInstanceOf(TimeoutException.class);
                clock.join();
            }

            assertThat(errands.heldUp()).isEqualTo(2);
            assertThatThrownBy(() -> errands.run(() -> "more", SECOND)).isInstanceOf(RejectedExecutionException.class);

            back.countDown();
            for (int i = 0; i < 2_000 && errands.heldUp() > 0; i++) {
                assertThat(new CountDownLatch(1).await(5, TimeUnit.MILLISECONDS))
                        .isFalse();
            }
            assertThat(errands.run(() -> "more", SECOND)).isEqualTo("more");
        }
    }

    @Test
    void where_as_many_wait_as_there_are_threads_the_next_is_turned_away_at_once() throws Exception {
        CountDownLatch back = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(2);
        ExecutorService callers = Executors.newCachedThreadPool();
        try (Errands errands = new Errands(time, 2)) {
            for (int i = 0; i < 2; i++) {
                callers.execute(() -> quietly(() -> errands.run(() -> hang(begun, back), SECOND)));
            }
            await(begun);
            for (int i = 0; i < 2; i++) {
                callers.execute(() -> quietly(() -> errands.run(() -> "waits", SECOND)));
            }
            for (int i = 0; i < 2_000 && errands.waiting() < 2; i++) {
                assertThat(new CountDownLatch(1).await(5, TimeUnit.MILLISECONDS))
                        .isFalse();
            }

            assertThatThrownBy(() -> errands.run(() -> "one too many", SECOND))
                    .isInstanceOf(RejectedExecutionException.class);
        } finally {
            back.countDown();
            callers.shutdownNow();
        }
    }

    private static void quietly(Callable<String> work) {
        try {
            assertThat(work.call()).isNotEmpty();
        } catch (Exception e) {
            assertThat(e).isNotNull(); // how these end is not what is tested
        }
    }

    /** As code that minds no interrupt. */
    private static String hang(CountDownLatch begun, CountDownLatch back) {
        begun.countDown();
        await(back);
        return "late";
    }

    private static void await(CountDownLatch latch) {
        boolean over = false;
        while (!over) {
            try {
                latch.await();
                over = true;
            } catch (InterruptedException e) {
                over = false;
            }
        }
    }
}
