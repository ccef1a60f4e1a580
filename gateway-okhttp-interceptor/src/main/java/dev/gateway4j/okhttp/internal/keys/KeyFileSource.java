package dev.gateway4j.okhttp.internal.keys;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.KeyFiles;
import dev.gateway4j.api.config.UpstreamKey;
import dev.gateway4j.api.openai.Redaction;
import dev.gateway4j.api.spi.KeySource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of the settings, read again when one of their files changes. Calls look at the files themselves, at most once a second; what has
 * changed and then stood still for a moment is read by a short-lived thread, and the new keys replace the old at once. If they cannot be
 * read, the old ones stay. Thread-safe.
 */
public final class KeyFileSource implements KeySource {
    private static final Logger LOG = LoggerFactory.getLogger(KeyFileSource.class);
    private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long SETTLE_NANOS = Duration.ofMillis(250).toNanos();
    private static final long AGAIN_NANOS = Duration.ofSeconds(30).toNanos();

    private final KeyFiles files;
    private final TimeSource time;
    private final Executor executor;
    private final AtomicLong nextLook;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile List<UpstreamKey> keys;

    // Written only by whoever is looking; a reading under way is looking, too.
    private volatile @Nullable FileStamps read;
    private volatile @Nullable FileStamps changed;
    private volatile long changedAt;
    private volatile @Nullable FileStamps failed;
    private volatile long failedAt;

    KeyFileSource(List<UpstreamKey> keys, KeyFiles files, TimeSource time, Executor executor) {
        this.keys = keys;
        this.files = files;
        this.time = time;
        this.executor = executor;
        this.nextLook = new AtomicLong(time.nanos());
    }

    /** The keys of these settings, and what their files hold later. */
    public static KeySource of(GatewayConfig config, TimeSource time) {
        List<UpstreamKey> keys = config.keys();
        KeyFiles files = config.keyConfig().files();
        return files.paths().isEmpty()
                ? environment -> keys
                : new KeyFileSource(keys, files, time, KeyFileSource::inThread);
    }

    private static void inThread(Runnable reading) {
        Thread thread = new Thread(reading, "gateway-key-files");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public List<UpstreamKey> keys(String environment) {
        long now = time.nanos();
        if (now - nextLook.get() >= 0 && looking.compareAndSet(false, true)) {
            look(now);
        }
        return keys;
    }

    private void look(long now) {
        boolean handedOn = false;
        try {
            handedOn = mustRead(FileStamps.of(files.paths()), now);
            if (handedOn) {
                executor.execute(this::readAgain);
            }
        } catch (RuntimeException | OutOfMemoryError e) {
            // The error is what a thread that cannot be started throws; the call goes on with the keys there are.
            handedOn = false;
            nextLook.set(now + AGAIN_NANOS);
            LOG.warn("Key files could not be looked at; the keys stay as they are: {}", Redaction.text(e.toString()));
        } finally {
            if (!handedOn) {
                looking.set(false);
            }
        }
    }

    /** What was read at the start may have changed before the first look, so that one counts as a change. */
    private boolean mustRead(FileStamps seen, long now) {
        nextLook.set(now + LOOK_NANOS);
        if (seen.equals(read) || (seen.equals(failed) && now - failedAt < AGAIN_NANOS)) {
            changed = null;
            return false;
        }
        if (!seen.equals(changed)) {
            changed = seen;
            changedAt = now;
        }
        boolean settled = now - changedAt >= SETTLE_NANOS;
        if (!settled) {
            nextLook.set(changedAt + SETTLE_NANOS);
        }
        return settled;
    }

    private void readAgain() {
        FileStamps seen = changed;
        try {
            List<UpstreamKey> next = List.copyOf(files.read());
            if (!next.equals(keys)) {
                keys = next;
                LOG.info("Key files have changed; {} keys are in use from now on", next.size());
            }
            read = seen;
            failed = null;
        } catch (RuntimeException e) {
            boolean first = seen != null && !seen.equals(failed);
            failed = seen;
            failedAt = time.nanos();
            read = null;
            if (first) {
                LOG.warn(
                        "Key files have changed and cannot be read; the {} keys read before stay in use: {}",
                        keys.size(),
                        Redaction.text(e.toString()));
            }
        } finally {
            changed = null;
            looking.set(false);
        }
    }

    @Override
    public String toString() {
        return "KeyFileSource[" + files + "]";
    }
}
