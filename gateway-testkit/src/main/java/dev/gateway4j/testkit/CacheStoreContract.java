package dev.gateway4j.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gateway4j.api.cache.CacheEntryInfo;
import dev.gateway4j.api.cache.CacheKey;
import dev.gateway4j.api.call.Usage;
import dev.gateway4j.api.spi.CacheStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link CacheStore} promises. Extend it in your tests, say how to make your store, and its tests run with yours. */
public abstract class CacheStoreContract {
    private static final int THREADS = 8;
    private static final int ENTRIES_EACH = 50;

    /** For subclasses. */
    protected CacheStoreContract() {}

    /** An empty store, or one in which nothing of these tests is left from before. */
    protected abstract CacheStore store();

    @Test
    void what_was_never_put_is_not_there() {
        try (CacheStore store = store()) {
            assertTrue(store.get(key(1)).isEmpty(), "something under a key that was never put");
        }
    }

    @Test
    void what_was_put_comes_back_byte_for_byte() {
        byte[] every = new byte[256];
        for (int i = 0; i < every.length; i++) {
            every[i] = (byte) i;
        }
        try (CacheStore store = store()) {
            store.put(info(1, "acme"), every.clone());

            assertArrayEquals(every, store.get(key(1)).orElseThrow());
        }
    }

    @Test
    void a_megabyte_and_nothing_at_all_come_back_too() {
        try (CacheStore store = store()) {
            store.put(info(1, "acme"), new byte[1 << 20]);
            store.put(info(2, "acme"), new byte[0]);

            assertEquals(1 << 20, store.get(key(1)).orElseThrow().length);
            assertEquals(0, store.get(key(2)).orElseThrow().length);
        }
    }

    @Test
    void the_last_one_put_under_a_key_counts() {
        try (CacheStore store = store()) {
            store.put(info(1, "acme"), bytes("one"));
            store.put(info(1, "acme"), bytes("two"));

            assertArrayEquals(bytes("two"), store.get(key(1)).orElseThrow());
        }
    }

    @Test
    void keys_that_differ_in_their_last_bit_are_different() {
        try (CacheStore store = store()) {
            store.put(info(2, "acme"), bytes("two"));

            assertTrue(store.get(key(3)).isEmpty(), "another key found it");
        }
    }

    @Test
    void what_is_invalidated_is_gone_and_nothing_else() {
        try (CacheStore store = store()) {
            store.put(info(1, "acme"), bytes("one"));
            store.put(info(2, "acme"), bytes("two"));

            store.invalidate(key(1));
            store.invalidate(key(7));

            assertTrue(store.get(key(1)).isEmpty(), "still there");
            assertArrayEquals(bytes("two"), store.get(key(2)).orElseThrow());
        }
    }

    @Test
    void it_forgets_by_what_is_known_or_says_that_it_cannot() {
        try (CacheStore store = store()) {
            store.put(info(1, "acme"), bytes("one"));
            store.put(info(2, "globex"), bytes("two"));

            try {
                store.invalidateIf(info -> info.tenant().filter("acme"::equals).isPresent());
            } catch (UnsupportedOperationException e) {
                assertArrayEquals(
                        bytes("one"), store.get(key(1)).orElseThrow(), "it said that it cannot, and did all the same");
                return;
            }

            assertTrue(store.get(key(1)).isEmpty(), "still there");
            assertArrayEquals(bytes("two"), store.get(key(2)).orElseThrow());
        }
    }

    @Test
    void it_leaves_the_bytes_alone_that_it_is_given() {
        byte[] entry = bytes("entry");
        try (CacheStore store = store()) {
            store.put(info(1, "acme"), entry);
            Optional<byte[]> unusedFound = store.get(key(1));
        }

        assertArrayEquals(bytes("entry"), entry);
    }

    @Test
    void many_threads_find_what_they_put() throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (CacheStore store = store()) {
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int first = thread * ENTRIES_EACH;
                running.add(threads.submit(() -> putAndGet(store, first)));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void putAndGet(CacheStore store, int first) {
        for (int i = first; i < first + ENTRIES_EACH; i++) {
            store.put(info(i, "acme"), bytes("entry " + i));
            assertArrayEquals(bytes("entry " + i), store.get(key(i)).orElseThrow());
        }
    }

    @Test
    void it_can_be_closed_twice() {
        CacheStore store = store();

        store.close();
        store.close();
    }

    private static CacheKey key(int number) {
        return CacheKey.of(ByteBuffer.allocate(32).putInt(28, number).array());
    }

    /** Kept for a long time, so that no clock decides. */
    private static CacheEntryInfo info(int number, String tenant) {
        Instant stored = Instant.parse("2026-01-01T00:00:00Z");
        Instant until = Instant.parse("2999-01-01T00:00:00Z");
        return new CacheEntryInfo(
                key(number),
                "contract",
                Optional.of(tenant),
                Optional.empty(),
                Optional.empty(),
                "/v1/chat/completions",
                Optional.of("gpt-4o-mini"),
                Optional.of("gpt-4o-mini-2024-07-18"),
                stored,
                until,
                until,
                3,
                Optional.of(Usage.of(14, 2)),
                "call-" + number);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
