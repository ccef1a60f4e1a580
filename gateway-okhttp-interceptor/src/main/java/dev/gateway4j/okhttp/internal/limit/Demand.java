package dev.gateway4j.okhttp.internal.limit;

import java.util.IdentityHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What those in line wait for, summed up, so that who comes last need not ask each of them. Who lacks something of a narrower scope is not
 * counted at the wider ones: nobody stands behind him there. Under the lock of the line.
 */
final class Demand {
    private final IdentityHashMap<Allowance, Sum> sums = new IdentityHashMap<>();

    private static final class Sum {
        long needs;

        @Nullable
        Waiter last;
    }

    /** The same for those who stand before one of them. */
    static Demand before(Waiter waiter, Iterable<Waiter> line) {
        Demand demand = new Demand();
        for (Charge charge : waiter.charges()) {
            demand.sums.put(charge.allowance(), new Sum());
        }
        for (Waiter other : line) {
            if (other == waiter) {
                return demand;
            }
            demand.add(other, false);
        }
        return demand;
    }

    /** Somebody waits, behind all that were added before. */
    void add(Waiter waiter) {
        add(waiter, true);
    }

    private void add(Waiter waiter, boolean everywhere) {
        Charge[] charges = waiter.charges();
        for (int i = 0; i < charges.length && waiter.reaches(i); i++) {
            Allowance allowance = charges[i].allowance();
            Sum sum = everywhere ? sums.computeIfAbsent(allowance, key -> new Sum()) : sums.get(allowance);
            if (sum != null) {
                sum.needs += Waiter.need(charges[i]);
                sum.last = waiter.lacks(i) ? waiter : sum.last;
            }
        }
    }

    /** Nobody waits. */
    void clear() {
        sums.clear();
    }

    /** True if somebody waits for it. */
    boolean isClaimed(Allowance allowance) {
        Sum sum = sums.get(allowance);
        return sum != null && sum.last != null;
    }

    /** How much of it those in line will take who may be served before this or at the same time. */
    long needs(Allowance allowance) {
        Sum sum = sums.get(allowance);
        return sum == null ? 0 : sum.needs;
    }

    /** Who came last of those that wait for it. */
    Optional<Waiter> last(Allowance allowance) {
        Sum sum = sums.get(allowance);
        return sum == null ? Optional.empty() : Optional.ofNullable(sum.last);
    }
}
