package dev.gateway4j.okhttp.internal.limit;

import java.util.function.BooleanSupplier;

/**
 * How long a call stands in line.
 *
 * @param deadlineNanos until when on the scale of the time source; {@link #AT_ONCE} for not at all
 * @param canceled whether the call was given up; asked on the waiting thread
 */
record Turn(long deadlineNanos, BooleanSupplier canceled) {
    /** The deadline of those who do not wait. */
    static final long AT_ONCE = Long.MIN_VALUE;

    /** No patience: now or never. */
    static final Turn NOW = new Turn(AT_ONCE, () -> false);

    boolean waits() {
        return deadlineNanos != AT_ONCE;
    }
}
