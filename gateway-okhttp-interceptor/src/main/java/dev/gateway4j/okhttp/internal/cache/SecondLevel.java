package dev.gateway4j.okhttp.internal.cache;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.cache.CacheEntryInfo;
import dev.gateway4j.api.cache.CacheKey;
import dev.gateway4j.api.spi.CacheStore;
import dev.gateway4j.okhttp.internal.cache.shape.EntryCodec;
import dev.gateway4j.okhttp.internal.call.WarnSparsely;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The application's store behind the one in memory. Whatever it does wrong is a miss, counted and said once a minute. Thread-safe. */
final class SecondLevel implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SecondLevel.class);
    /** Every read looks at all of these. */
    static final int MAX_FORGOTTEN = 100;

    /** Each one that waits for the store is a thread. */
    static final int MAX_WRITING = 64;

    private final CacheStore store;
    private final String environment;
    private final TimeSource time;
    private final WarnSparsely warnings;
    private final LongAdder unreadable = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final Semaphore writing = new Semaphore(MAX_WRITING);
    private final List<Forgotten> forgotten = new CopyOnWriteArrayList<>();
    private final ReentrantLock forgetting = new ReentrantLock();

    /** Nothing that was stored until then is used: what exactly was to be forgotten is no longer known. */
    private volatile Instant floor = Instant.MIN;

    /** What was to be forgotten by a store that cannot say what it holds: what it still gives back is not used. */
    private record Forgotten(Predicate<CacheEntryInfo> condition, Instant at) {
        boolean covers(CacheEntryInfo info) {
            return !info.storedAt().isAfter(at) && condition.test(info);
        }
    }

    SecondLevel(CacheStore store, String environment, TimeSource time) {
        this.store = store;
        this.environment = environment;
        this.time = time;
        this.warnings = new WarnSparsely(time, TimeUnit.MINUTES.toNanos(1));
    }

    /** The answer under this key; null if there is none that could be given. */
    @Nullable
    Kept find(CacheKey key) {
        try {
            Optional<byte[]> bytes = store.get(key);
            return bytes.isEmpty() ? null : read(key, bytes.get());
        } catch (RuntimeException | LinkageError e) {
            failed("read", e);
            return null;
        }
    }

    private @Nullable Kept read(CacheKey key, byte[] bytes) {
        EntryCodec.Entry entry = EntryCodec.decode(bytes).orElse(null);
        if (entry == null
                || !entry.info().key().equals(key)
                || !entry.info().environment().equals(environment)) {
            unreadable.increment();
            return null;
        }
        if (isForgotten(entry.info())) {
            return null;
        }
        Kept kept = kept(entry);
        return kept.isOver(time.nanos()) ? null : kept;
    }

    /** The floor is raised before what it stands for goes, so it is looked at last. */
    private boolean isForgotten(CacheEntryInfo info) {
        for (Forgotten one : forgotten) {
            if (one.covers(info)) {
                return true;
            }
        }
        return !info.storedAt().isAfter(floor);
    }

    /** Clocks of several machines differ a little, so an age may seem negative; it then counts as none. */
    private Kept kept(EntryCodec.Entry entry) {
        Instant now = time.now();
        long nanos = time.nanos();
        CacheEntryInfo info = entry.info();
        return new Kept(
                info,
                entry.answer(),
                new Kept.Times(
                        nanos + nanosBetween(now, info.storedAt()),
                        nanos + nanosBetween(now, info.freshUntil()),
                        nanos + nanosBetween(now, info.keptUntil())),
                0);
    }

    /** Bounded, so that no nonsense in an entry overflows. */
    private static long nanosBetween(Instant from, Instant to) {
        long seconds = Duration.between(from, to).toSeconds();
        boolean sane = Math.abs(seconds) < TimeUnit.DAYS.toSeconds(36_500);
        return sane ? Duration.between(from, to).toNanos() : -1;
    }

    /** Waits for the store, unless too many do so already: then it is not told. */
    void put(Kept kept) {
        if (!writing.tryAcquire()) {
            failed("keep up with writing", null);
            return;
        }
        try {
            store.put(kept.info(), EntryCodec.encode(new EntryCodec.Entry(kept.info(), kept.answer())));
        } catch (RuntimeException | LinkageError e) {
            failed("write", e);
        } finally {
            writing.release();
        }
    }

    void forget(CacheKey key) {
        if (!isDiscarded(key)) {
            remember(info -> info.key().equals(key));
        }
    }

    /** As {@link #forget}, but if the store fails, it may give this back. */
    void discard(CacheKey key) {
        boolean unusedDiscarded = isDiscarded(key);
    }

    private boolean isDiscarded(CacheKey key) {
        try {
            store.invalidate(key);
            return true;
        } catch (RuntimeException | LinkageError e) {
            failed("forget", e);
            return false;
        }
    }

    void forgetIf(Predicate<CacheEntryInfo> condition) {
        try {
            store.invalidateIf(condition);
            return;
        } catch (UnsupportedOperationException e) {
            LOG.debug("The cache store cannot say what it holds");
        } catch (RuntimeException | LinkageError e) {
            failed("forget", e);
        }
        remember(condition);
    }

    private void remember(Predicate<CacheEntryInfo> condition) {
        forgetting.lock();
        try {
            Instant now = time.now();
            forgotten.add(new Forgotten(condition, now));
            if (forgotten.size() > MAX_FORGOTTEN) {
                Instant oldest = forgotten.get(0).at();
                floor = oldest.isAfter(floor) ? oldest : floor;
                Forgotten unusedOldest = forgotten.remove(0);
            }
        } finally {
            forgetting.unlock();
        }
    }

    long unreadable() {
        return unreadable.sum();
    }

    long failures() {
        return failures.sum();
    }

    private void failed(String what, @Nullable Throwable e) {
        failures.increment();
        if (warnings.due(what)) {
            LOG.warn("The cache store failed to {}; calls go on without it. failures={}", what, failures.sum(), e);
        }
    }

    @Override
    public void close() {
        try {
            store.close();
        } catch (RuntimeException | LinkageError e) {
            failed("close", e);
        }
    }

    @Override
    public String toString() {
        return "SecondLevel[" + store.getClass().getName() + "]";
    }
}
