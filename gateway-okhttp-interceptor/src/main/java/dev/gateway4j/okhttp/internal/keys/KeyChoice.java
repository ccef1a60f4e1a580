package dev.gateway4j.okhttp.internal.keys;

import dev.gateway4j.api.config.Upstream;
import dev.gateway4j.api.config.UpstreamKey;

/** What key selection decided. */
sealed interface KeyChoice {
    /** This key, at the upstream it belongs to. */
    record Chosen(UpstreamKey key, Upstream upstream) implements KeyChoice {}

    /** No key, because none is needed: the upstream takes none, or nothing leaves. */
    record KeyLess(Upstream upstream) implements KeyChoice {}

    /** No usable key, for this reason. */
    record NoKey(String reason) implements KeyChoice {}
}
