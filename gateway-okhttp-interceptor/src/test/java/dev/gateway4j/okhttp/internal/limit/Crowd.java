package dev.gateway4j.okhttp.internal.limit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Stream;

/** Many threads that do something until it is done, platform threads everywhere and virtual ones where there are any. */
final class Crowd {
    private final List<Thread> threads = new ArrayList<>();
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();

    /** What one of them does. */
    interface Work {
        void run(int number) throws Exception;
    }

    /** A way to make threads, with a name for reports. */
    record Kind(String name, ThreadFactory factory) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Kind> kinds() {
        Kind platform = new Kind("platform", Thread::new);
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Object factory = Class.forName("java.lang.Thread$Builder")
                    .getMethod("factory")
                    .invoke(builder);
            return Stream.of(platform, new Kind("virtual", (ThreadFactory) factory));
        } catch (ReflectiveOperationException | UnsupportedOperationException e) {
            return Stream.of(platform);
        }
    }

    static Crowd start(Kind kind, int size, Work work) {
        Crowd crowd = new Crowd();
        for (int i = 0; i < size; i++) {
            int number = i;
            crowd.threads.add(kind.factory.newThread(() -> crowd.run(work, number)));
        }
        crowd.threads.forEach(Thread::start);
        return crowd;
    }

    private void run(Work work, int number) {
        try {
            work.run(number);
        } catch (Throwable e) {
            failures.add(e);
        }
    }

    /** Lets others go on; unlike a busy loop it also lets a virtual thread off its carrier. Order never depends on it. */
    @SuppressWarnings("ThreadPriorityCheck")
    static void pause() {
        Thread.yield();
    }

    long alive() {
        return threads.stream().filter(Thread::isAlive).count();
    }

    Thread thread(int number) {
        return threads.get(number);
    }

    /** Waits for the end of all; throws if one of them threw. */
    void join() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
        for (Throwable failure : failures) {
            throw new AssertionError("one of " + threads.size() + " threads failed", failure);
        }
    }
}
