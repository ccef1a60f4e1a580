package dev.gateway4j.okhttp.internal.keys;

import dev.gateway4j.api.config.Upstream;
import dev.gateway4j.api.config.UpstreamKey;
import java.time.Duration;
import java.util.Optional;

/** What key selection decided. */
sealed interface KeyChoice {
    /** This key, at the upstream it belongs to. */
    record Chosen(KeyLease lease) implements KeyChoice {
        UpstreamKey key() {
            return lease.key().key();
        }

        Upstream upstream() {
            return lease.key().upstream();
        }
    }

    /** No key, because none is needed: the upstream takes none, or nothing leaves. */
    record KeyLess(Upstream upstream) implements KeyChoice {}

    /** No usable key, for this reason; it may be another story after this time. */
    record NoKey(String reason, Optional<Duration> retryAfter) implements KeyChoice {}

    /** The keys are good, but the upstream has told each of them to wait, and no limit here would see to it. */
    record Cooling(String reason, Duration retryAfter) implements KeyChoice {}
}
