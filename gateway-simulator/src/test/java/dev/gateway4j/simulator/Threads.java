package dev.gateway4j.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Threads that begin at the same moment. */
final class Threads {
    private Threads() {}

    /** What all of them gave. */
    static <T> List<T> all(int threads, IntFunction<List<T>> work) throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<List<T>>> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int thread = i;
            running.add(pool.submit(() -> {
                start.await();
                return work.apply(thread);
            }));
        }
        start.countDown();
        pool.shutdown();
        List<T> all = new ArrayList<>();
        for (Future<List<T>> one : running) {
            try {
                all.addAll(one.get());
            } catch (ExecutionException e) {
                throw new AssertionError(e);
            }
        }
        return all;
    }
}
