package dev.gateway4j.okhttp.internal.limit;

import dev.gateway4j.api.TimeSource;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Buckets in a store that several gateways share. While the store fails every gateway goes on with buckets of its own, which start full, says
 * so once a minute, and asks the store again after a second: a store that hangs must not hang every call.
 */
final class SharedStore implements BucketStore {
    private static final Logger LOG = LoggerFactory.getLogger(SharedStore.class);
    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final ProxyManager<String> store;
    private final TimeSource time;
    private final AtomicLong restsUntil;
    private final AtomicLong quietUntil;

    SharedStore(ProxyManager<String> store, TimeSource time) {
        this.store = store;
        this.time = time;
        this.restsUntil = new AtomicLong(time.nanos());
        this.quietUntil = new AtomicLong(time.nanos());
    }

    @Override
    public Allowance open(String name, BucketAllowance.Bucket bucket) {
        return new SharedAllowance(this, name, bucket);
    }

    /** Asks the store, or this gateway's own bucket where the store does not answer. */
    <T> T ask(String name, BucketAllowance.Bucket bucket, Function<Bucket, T> question, Supplier<T> otherwise) {
        if (time.nanos() - restsUntil.get() < 0) {
            return otherwise.get();
        }
        try {
            return question.apply(store.builder().build(name, bucket::configuration));
        } catch (RuntimeException e) {
            failed(e);
            return otherwise.get();
        }
    }

    private void failed(RuntimeException e) {
        long now = time.nanos();
        restsUntil.set(now + REST_NANOS);
        long quiet = quietUntil.get();
        if (now - quiet >= 0 && quietUntil.compareAndSet(quiet, now + QUIET_NANOS)) {
            LOG.warn("limit_store=unavailable fallback=local cause={}", e.toString());
        }
    }
}
