package dev.gateway4j.okhttp.internal.limit;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One call in the line. Touched under the lock of the line only, but for {@link #isCalled} and what it reads. */
final class Waiter {
    private final Charge[] charges;
    private final long[] tickets;
    private final Turn turn;
    private final long arrivedNanos;
    private int first = -1;
    private int lacking = -1;
    private boolean foremost;
    private long lackingUntilNanos;
    private long dueNanos;
    private long sureNanos;
    private boolean dueIsOpen;
    private long wakeNanos;
    private volatile boolean called;
    private volatile @Nullable Permit permit;

    Waiter(Charge[] charges, long[] tickets, Turn turn, long arrivedNanos) {
        this.charges = charges;
        this.tickets = tickets;
        this.turn = turn;
        this.arrivedNanos = arrivedNanos;
        this.dueNanos = arrivedNanos;
        this.sureNanos = arrivedNanos;
    }

    /** How much of a limit a call takes from those behind it; a call that takes nothing now takes something later. */
    static long need(Charge charge) {
        return Math.max(1, charge.amount());
    }

    Charge[] charges() {
        return charges;
    }

    Turn turn() {
        return turn;
    }

    /**
     * Takes everything, if nobody before waits for any of it. If not, it lacks one thing from now on, the narrowest.
     *
     * @param ahead what those before wait for
     * @return true if it may go
     */
    boolean serve(Turnstile turnstile, Demand ahead, long nowNanos) {
        int before = lacking;
        int behind = standsBehind(ahead);
        lacking = behind < charges.length ? lackingBefore(behind) : Turnstile.takeAll(charges, tickets, nowNanos);
        if (lacking < 0) {
            permit = new Permit(turnstile, charges, tickets, nowNanos);
            return true;
        }
        boolean free = lacking != behind;
        lackingUntilNanos = free ? comesAt(charges[lacking], nowNanos) : Allowance.NEVER;
        called |= free && (!foremost || lacking != before || isSooner());
        first = first < 0 ? lacking : first;
        foremost = free;
        return false;
    }

    private int standsBehind(Demand ahead) {
        int i = 0;
        while (i < charges.length && !ahead.isClaimed(charges[i].allowance())) {
            i++;
        }
        return i;
    }

    /** Who lacks something narrower does not stand behind others for something wider. */
    private int lackingBefore(int behind) {
        int i = 0;
        while (i < behind && isThere(i)) {
            i++;
        }
        return i;
    }

    private boolean isThere(int index) {
        return charges[index].allowance().nanosUntil(charges[index].amount()) == 0;
    }

    /** True if there is enough of what it lacks, so that only somebody before it is in the way. */
    boolean onlyStandsBehind() {
        return lacking >= 0 && isThere(lacking);
    }

    private static long comesAt(Charge charge, long nowNanos) {
        long nanos = charge.allowance().timeless()
                ? Allowance.NEVER
                : charge.allowance().nanosUntil(charge.amount());
        return nanos < Allowance.NEVER - Math.max(0, nowNanos) ? nowNanos + nanos : Allowance.NEVER;
    }

    /** When it may lack something else, or nothing, without anybody's doing; {@link Allowance#NEVER} while it stands behind others. */
    long lackingUntilNanos() {
        return lackingUntilNanos;
    }

    /** Something came back, though not enough, so the wait is shorter than was thought. */
    private boolean isSooner() {
        return !dueIsOpen && lackingUntilNanos < dueNanos;
    }

    /** True for the one thing it waits for at present. */
    boolean lacks(int index) {
        return index == lacking;
    }

    /** True if it would take this soon: it does not wait for anything of a narrower scope. */
    boolean reaches(int index) {
        return index <= lacking || charges[index].scope() == charges[lacking].scope();
    }

    /** The wait was reckoned anew. */
    void waitsFor(Due due, long nowNanos) {
        dueNanos = nowNanos + due.nanos();
        sureNanos = nowNanos + due.sureNanos();
        dueIsOpen = due.open();
        wakeNanos = due.wakeNanos(nowNanos, turn.deadlineNanos());
        called = false;
    }

    /** When it hoped to be served when it last reckoned. */
    long dueNanos() {
        return dueNanos;
    }

    /** The same without guesses. */
    long sureNanos() {
        return sureNanos;
    }

    /** When it looks again by itself. */
    long wakeNanos() {
        return wakeNanos;
    }

    /** True if that also takes a call that ends. */
    boolean dueIsOpen() {
        return dueIsOpen;
    }

    /** True if it should not go on waiting as before. */
    boolean isCalled() {
        return permit != null || called || turn.canceled().getAsBoolean();
    }

    Optional<Permit> permit() {
        return Optional.ofNullable(permit);
    }

    /** The charge that held it up first. */
    Charge first() {
        return charges[Math.max(0, first)];
    }

    Admission.Admitted admitted(Permit taken) {
        Optional<Charge> heldUp = first < 0 ? Optional.empty() : Optional.of(charges[first]);
        return new Admission.Admitted(taken, taken.takenAtNanos() - arrivedNanos, heldUp);
    }

    Admission.Refused refused(Due due, long nowNanos) {
        return new Admission.Refused(due.by(), due.nanos(), nowNanos - arrivedNanos);
    }
}
