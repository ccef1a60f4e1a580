package dev.gateway4j.okhttp.internal.limit;

import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * When somebody in line can have everything, as far as time alone decides it.
 *
 * @param by what he waits for longest
 * @param nanos how long at least; {@link Allowance#NEVER} if it is more than a whole limit
 * @param sureNanos the same without the guesses at when a call ends
 * @param open true if it also takes a call that ends, and nobody knows when that is
 */
record Due(Charge by, long nanos, long sureNanos, boolean open) {
    /** A wait that is over, and yet there was not enough: another call has just taken it and will give it back or not. */
    private static final long SOON_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** When he who waits for this looks again by himself. */
    long wakeNanos(long nowNanos, long deadlineNanos) {
        if (open && sureNanos == 0) {
            return deadlineNanos;
        }
        return Math.min(deadlineNanos, nowNanos + Math.max(SOON_NANOS, sureNanos));
    }

    /** True if it certainly cannot have everything by then. A guess sends nobody away. */
    boolean isAfter(long deadlineNanos, long nowNanos) {
        return nanos == Allowance.NEVER || nowNanos >= deadlineNanos || sureNanos > deadlineNanos - nowNanos;
    }

    /**
     * Reckons it for one call.
     *
     * @param ahead what those before it need
     */
    static Due of(Waiter waiter, Demand ahead, long nowNanos) {
        Charge by = waiter.first();
        long longest = -1;
        long sure = 0;
        boolean open = false;
        for (Charge charge : waiter.charges()) {
            Due due = of(charge, ahead, nowNanos);
            if (due.nanos == Allowance.NEVER) {
                return due;
            }
            open |= due.open;
            sure = Math.max(sure, due.sureNanos);
            if (due.nanos > longest) {
                longest = due.nanos;
                by = charge;
            }
        }
        return new Due(by, longest, sure, open);
    }

    private static Due of(Charge charge, Demand ahead, long nowNanos) {
        Allowance allowance = charge.allowance();
        long nanos = allowance.nanosUntil(charge.amount());
        if (nanos == Allowance.NEVER) {
            return new Due(charge, nanos, nanos, false);
        }
        boolean open = allowance.timeless() && nanos > 0;
        long sure = open ? 0 : nanos;
        Optional<Waiter> before = ahead.last(allowance);
        if (before.isPresent()) {
            nanos = Math.max(nanos, before.get().dueNanos() - nowNanos);
            sure = Math.max(sure, before.get().sureNanos() - nowNanos);
            open |= before.get().dueIsOpen();
        }
        long needs = ahead.needs(allowance);
        if (needs > 0) {
            long later = allowance.nanosUntil(needs, charge.amount());
            nanos = later == Allowance.NEVER ? nanos : Math.max(nanos, later);
            sure = later == Allowance.NEVER ? sure : Math.max(sure, later);
        }
        return new Due(charge, nanos, sure, open);
    }
}
