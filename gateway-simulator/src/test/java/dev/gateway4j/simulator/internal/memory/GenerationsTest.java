package dev.gateway4j.simulator.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class GenerationsTest {
    @Test
    void what_is_used_stays_and_what_is_not_is_forgotten() {
        Generations<Integer, String> memory = new Generations<>(10);
        memory.put(-1, "kept");
        memory.put(-2, "lost");
        for (int i = 0; i < 100; i++) {
            memory.put(i, "x");
            assertThat(memory.get(-1)).isEqualTo("kept");
        }

        assertThat(memory.get(-2)).isNull();
        assertThat(memory.all()).hasSizeLessThanOrEqualTo(22);
    }

    @Test
    void sixteen_threads_share_one_counter_for_a_key() throws Exception {
        Generations<String, AtomicLong> memory = new Generations<>(1_000);
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                all.add(threads.submit(() -> {
                    for (int n = 0; n < 1_000; n++) {
                        memory.computeIfAbsent("key-" + n % 7, AtomicLong::new).incrementAndGet();
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(memory.all().values().stream().mapToLong(AtomicLong::get).sum())
                .isEqualTo(16_000);
    }
}
