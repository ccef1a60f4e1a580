package dev.gateway4j.okhttp.internal.limit;

import dev.gateway4j.api.TimeSource;
import java.util.List;
import java.util.Optional;

/**
 * Where calls take what they need, all of it or nothing, and stand in line for what is not there yet. Thread-safe; while nobody stands in line
 * no lock is taken.
 */
final class Turnstile {
    /** A refusal may only be owed to another call that took something and is about to give it back. */
    private static final int TRIES = 2;

    private final TimeSource time;
    private final Line line;

    Turnstile(TimeSource time, int maxQueue) {
        this.time = time;
        this.line = new Line(this, time, maxQueue);
    }

    /**
     * Takes every charge, or none.
     *
     * @throws InterruptedException if the thread is interrupted while it stands in line; nothing is taken
     */
    Admission admit(List<Charge> charges, Turn turn) throws InterruptedException {
        Charge[] all = narrowFirst(charges);
        long[] tickets = new long[all.length];
        if (!line.isEmpty()) {
            return turn.waits() ? line.stand(all, tickets, turn) : line.pass(all, tickets);
        }
        int missing = -1;
        for (int tries = 0; tries < TRIES; tries++) {
            long now = time.nanos();
            missing = takeAll(all, tickets, now);
            if (missing < 0) {
                return new Admission.Admitted(new Permit(this, all, tickets, now), 0, Optional.empty());
            }
        }
        if (turn.waits()) {
            return line.stand(all, tickets, turn);
        }
        serve();
        return refusal(all, missing);
    }

    /** Who is over a limit of his own should not even touch what others need. The order within one scope stays. */
    private static Charge[] narrowFirst(List<Charge> charges) {
        Charge[] all = charges.toArray(new Charge[0]);
        for (int i = 1; i < all.length; i++) {
            Charge charge = all[i];
            int at = i;
            for (; at > 0 && width(all[at - 1]) > width(charge); at--) {
                all[at] = all[at - 1];
            }
            all[at] = charge;
        }
        return all;
    }

    private static int width(Charge charge) {
        return switch (charge.scope()) {
            case USER -> 0;
            case FEATURE -> 1;
            case TENANT -> 2;
            case KEY -> 3;
            case MODEL -> 4;
            case UPSTREAM -> 5;
            case ENVIRONMENT -> 6;
            case GLOBAL -> 7;
        };
    }

    /**
     * Takes every charge, or none.
     *
     * @return the place of the charge that could not be taken, or -1
     */
    static int takeAll(Charge[] charges, long[] tickets, long now) {
        int taken = 0;
        try {
            while (taken < charges.length) {
                long ticket = charges[taken].allowance().take(charges[taken].amount(), now);
                if (ticket == Allowance.REFUSED) {
                    return taken;
                }
                tickets[taken++] = ticket;
            }
            return -1;
        } finally {
            if (taken < charges.length) {
                giveBack(charges, tickets, taken);
            }
        }
    }

    private static void giveBack(Charge[] charges, long[] tickets, int taken) {
        for (int i = taken - 1; i >= 0; i--) {
            charges[i].allowance().giveBack(charges[i].amount(), tickets[i]);
        }
    }

    /** Names the limit that keeps the call away longest, for after that time it can pass. */
    private static Admission.Refused refusal(Charge[] charges, int missing) {
        Charge by = charges[missing];
        long longest = by.allowance().nanosUntil(by.amount());
        for (Charge charge : charges) {
            long nanos = charge.allowance().nanosUntil(charge.amount());
            if (nanos > longest) {
                by = charge;
                longest = nanos;
            }
        }
        return new Admission.Refused(by, longest, 0);
    }

    /** Lets those in line try again, because something was given back. */
    void serve() {
        if (!line.isEmpty()) {
            line.serve();
        }
    }

    /** How many calls stand in line. */
    int waiting() {
        return line.size();
    }

    @Override
    public String toString() {
        return "Turnstile[" + line + "]";
    }
}
