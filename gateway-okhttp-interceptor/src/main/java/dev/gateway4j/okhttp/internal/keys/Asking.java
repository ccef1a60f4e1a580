package dev.gateway4j.okhttp.internal.keys;

import dev.gateway4j.okhttp.internal.call.CallFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One choice: who asks for what, when, and what was tried before.
 *
 * @param call what the application asked
 * @param use what the key is for
 * @param nanos the time
 * @param instant the time of the wall clock, where keys have times
 * @param tried what this call has tried before
 */
record Asking(CallFacts call, Use use, long nanos, @Nullable Instant instant, Tried tried) {
    AskedModel model() {
        return use.model();
    }

    boolean usesTokens() {
        return call.bills();
    }

    /** True if another attempt can follow this one: what is there to send can be sent again. */
    boolean repeats() {
        return call.body().isPresent() || call.original().body() == null;
    }

    boolean isValid(LiveKey key) {
        return instant == null || key.key().validAt(instant);
    }

    /** True if nothing at all stands against the key. */
    boolean isWell(LiveKey key) {
        return !tried.has(key) && isValid(key) && key.isWell(use, usesTokens(), nanos);
    }

    boolean isCooling(LiveKey key) {
        return key.isCooling(model(), usesTokens(), nanos);
    }

    /**
     * What a call has tried. Immutable.
     *
     * @param keys the keys
     * @param quotas the quotas that it knows to be used up
     */
    record Tried(List<LiveKey> keys, List<QuotaGroup> quotas) {
        static final Tried NOTHING = new Tried(List.of(), List.of());

        Tried and(LiveKey key) {
            List<LiveKey> more = new ArrayList<>(keys);
            more.add(key);
            return new Tried(more, quotas);
        }

        Tried and(QuotaGroup quota) {
            List<QuotaGroup> more = new ArrayList<>(quotas);
            more.add(quota);
            return new Tried(keys, more);
        }

        boolean isEmpty() {
            return keys.isEmpty();
        }

        boolean has(LiveKey key) {
            if (isEmpty()) {
                return false;
            }
            for (LiveKey before : keys) {
                // A new list of keys may have come in between, which holds the same key anew.
                if (before.health() == key.health()) {
                    return true;
                }
            }
            return quotas.contains(key.quota());
        }
    }
}
