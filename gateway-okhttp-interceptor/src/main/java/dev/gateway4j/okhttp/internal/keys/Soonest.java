package dev.gateway4j.okhttp.internal.keys;

import dev.gateway4j.api.limit.LimitScope;
import dev.gateway4j.okhttp.internal.call.Attempt;
import dev.gateway4j.okhttp.internal.call.CallScope;
import org.jspecify.annotations.Nullable;

/**
 * Of the keys that only a limit of our own kept from a call, the one that is free first: when none is left to try, the call goes back to it,
 * once, and waits or is refused there. Immutable.
 *
 * @param key the key; null if there was none, or if the call has gone back already
 * @param freeAtNanos when it is free
 * @param over true once the call has gone back
 */
record Soonest(@Nullable LiveKey key, long freeAtNanos, boolean over) {
    static final Soonest NONE = new Soonest(null, Long.MAX_VALUE, false);

    /** True if the call would rather go back than wait until this time. */
    boolean isBefore(long nanos) {
        return key != null && freeAtNanos < nanos;
    }

    /** The key once more, if it is free before the last one that was tried; null otherwise. */
    @Nullable
    KeyLease again(CallScope scope, long lastFreeAtNanos) {
        LiveKey there = key;
        if (there == null || !isBefore(lastFreeAtNanos)) {
            return null;
        }
        Use use = Use.of(scope.facts());
        long now = scope.runtime().time().nanos();
        return there.mayBeTried(use, now) ? KeyLease.take(there, use, now) : null;
    }

    /** What is known after an attempt that another one follows. */
    Soonest after(LiveKey tried, Attempt attempt, KeyLease next) {
        if (over || next.key().equals(key)) {
            return new Soonest(null, Long.MAX_VALUE, true);
        }
        boolean limited = attempt.refusedBy()
                .filter(by -> by == LimitScope.KEY || by == LimitScope.UPSTREAM)
                .isPresent();
        return limited && attempt.freeAtNanos() < freeAtNanos ? new Soonest(tried, attempt.freeAtNanos(), false) : this;
    }
}
