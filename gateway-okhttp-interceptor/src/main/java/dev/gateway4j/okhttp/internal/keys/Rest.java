package dev.gateway4j.okhttp.internal.keys;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Whether something may be used, and when one call may try it again. After its time is over one call at a time probes it; only what that
 * call finds out ends the rest or prolongs it. What calls report that began before the last change says nothing new and is not heard.
 * Thread-safe.
 */
final class Rest {
    private static final int MAX_DOUBLINGS = 5;
    private static final long LONGEST_NANOS = Long.MAX_VALUE >> (MAX_DOUBLINGS + 2);

    private final AtomicReference<State> state = new AtomicReference<>(State.well());

    /**
     * How it stands; compared by identity, since two calls may find the same words.
     *
     * @param cause why it rests; {@link Cause#NONE} if it is well
     * @param why what the upstream said, such as {@code 401 invalid_api_key}
     * @param untilNanos when it may be probed
     * @param doublings how often its rest was doubled
     * @param probing true while a call probes it
     */
    record State(Cause cause, String why, long untilNanos, int doublings, boolean probing) {
        private static State well() {
            return new State(Cause.NONE, "", 0, 0, false);
        }

        boolean isWell() {
            return cause == Cause.NONE;
        }

        /** True if it is well, or if a call may probe it now. */
        boolean mayBeTried(long now) {
            return isWell() || (!probing && now - untilNanos >= 0);
        }

        private State probed(boolean value) {
            return new State(cause, why, untilNanos, doublings, value);
        }
    }

    /** Why something rests. */
    enum Cause {
        /** It does not. */
        NONE,
        /** The upstream refused it. */
        REFUSED,
        /** Its money is spent. */
        MONEY
    }

    State state() {
        return Objects.requireNonNull(state.get());
    }

    /** How it stands for a call that takes it now, which is its probe unless it is well; null if it rests or another call is faster. */
    @Nullable
    State take(long now) {
        State seen = state();
        if (seen.isWell()) {
            return seen;
        }
        if (!seen.mayBeTried(now)) {
            return null;
        }
        State probing = seen.probed(true);
        return state.compareAndSet(seen, probing) ? probing : null;
    }

    /** The call that took it found out nothing. */
    void leave(State taken) {
        if (taken.probing) {
            state.compareAndSet(taken, taken.probed(false));
        }
    }

    /** It works, says the call that took it. */
    boolean heal(State taken) {
        return taken.probing && state.compareAndSet(taken, State.well());
    }

    /**
     * It was refused, says the call that took it.
     *
     * @param restNanos how long it rests at first; a probe that fails for the same reason doubles it
     * @return true if the call was heard
     */
    boolean fall(State taken, Cause cause, String why, long now, long restNanos, boolean doubles) {
        boolean again = doubles && taken.probing && taken.cause == cause;
        int doublings = again ? Math.min(taken.doublings + 1, MAX_DOUBLINGS) : 0;
        long rest = Math.min(restNanos, LONGEST_NANOS) << doublings;
        return state.compareAndSet(taken, new State(cause, why, now + rest, doublings, false));
    }
}
