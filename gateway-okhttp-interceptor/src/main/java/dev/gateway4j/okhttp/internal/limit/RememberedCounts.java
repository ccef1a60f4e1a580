package dev.gateway4j.okhttp.internal.limit;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gateway4j.api.spi.TokenCounter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Counts texts and remembers how many tokens they had, by half of their SHA-256, never the texts themselves. A text that somebody counts
 * just now is waited for, so nobody counts it twice. Thread-safe; a waiting virtual thread is not pinned.
 */
final class RememberedCounts {
    /** Below this, counting is as fast as looking up. */
    private static final int SHORT = 24;

    /** About 20 MB, if all are there. */
    private static final int TEXTS = 100_000;

    private final TokenCounter counter;
    private final AsyncCache<Key, Integer> counts =
            Caffeine.newBuilder().maximumSize(TEXTS).executor(Runnable::run).buildAsync();

    RememberedCounts(TokenCounter counter) {
        this.counter = counter;
    }

    private record Key(long high, long low) {}

    int count(String model, String text) {
        if (text.length() <= SHORT) {
            return counter.count(model, text);
        }
        CompletableFuture<Integer> mine = new CompletableFuture<>();
        CompletableFuture<Integer> there = counts.asMap().putIfAbsent(key(model, text), mine);
        if (there != null) {
            return joined(there);
        }
        try {
            int count = counter.count(model, text);
            mine.complete(count);
            return count;
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e); // which takes it out of the cache as well
            throw e;
        }
    }

    private static int joined(CompletableFuture<Integer> there) {
        try {
            return there.join();
        } catch (CompletionException e) {
            throw new IllegalStateException("whoever counted this text at the same time failed", e.getCause());
        }
    }

    private static Key key(String model, String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(model.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            ByteBuffer hash = ByteBuffer.wrap(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
            return new Key(hash.getLong(), hash.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
