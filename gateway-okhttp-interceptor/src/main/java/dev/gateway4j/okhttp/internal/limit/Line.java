package dev.gateway4j.okhttp.internal.limit;

import dev.gateway4j.api.TimeSource;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The calls that wait, in the order of their arrival. Nobody takes from a limit that somebody before him waits for; who needs none of those
 * passes. Everybody waits for one thing at a time, the narrowest that he lacks when the line is served: a user over a limit of his own holds up
 * nobody at the limits of all. Once he lacks nothing narrower he has the place there that his arrival gave him, and calls with smaller needs
 * cannot starve him. Whoever wakes, leaves or gives something back serves the whole line in its order. Waiting itself is left to the time source, so
 * the lock is held for moments only and pins no virtual thread.
 */
final class Line {
    private final Turnstile turnstile;
    private final TimeSource time;
    private final int places;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Waiter> waiters = new LinkedHashSet<>();
    private final Demand demand = new Demand();
    /** When time alone may change what one of them waits for. */
    private long changesNanos = Allowance.NEVER;

    /** Read without the lock by those who want to know whether there is a line at all. */
    private volatile int size;

    Line(Turnstile turnstile, TimeSource time, int places) {
        this.turnstile = turnstile;
        this.time = time;
        this.places = places;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /** Takes everything at once if nobody waits for any of it. */
    Admission pass(Charge[] charges, long[] tickets) {
        Waiter passing = new Waiter(charges, tickets, Turn.NOW, time.nanos());
        lock.lock();
        try {
            return arrive(passing, 0).orElseThrow();
        } finally {
            lock.unlock();
        }
    }

    /** Stands in line until everything could be taken, or patience ends. */
    Admission stand(Charge[] charges, long[] tickets, Turn turn) throws InterruptedException {
        Waiter waiter = new Waiter(charges, tickets, turn, time.nanos());
        Optional<Admission> outcome = Optional.empty();
        try {
            outcome = arrive(waiter);
            while (outcome.isEmpty()) {
                boolean reached = time.waitUntil(waiter.wakeNanos(), waiter::isCalled);
                outcome = again(waiter, reached);
            }
            return outcome.get();
        } finally {
            if (outcome.isEmpty()) {
                abandon(waiter);
            }
        }
    }

    private Optional<Admission> arrive(Waiter waiter) {
        lock.lock();
        try {
            return arrive(waiter, places);
        } finally {
            lock.unlock();
        }
    }

    private Optional<Admission> arrive(Waiter waiter, int room) {
        // Seen by others before it tries: who gives something back from now on serves the line.
        size = waiters.size() + 1;
        try {
            long now = time.nanos();
            if (now >= changesNanos) {
                serveBeforeArrival();
            }
            if (waiter.serve(turnstile, demand, now) || (mayPassNow(waiter) && waiter.serve(turnstile, demand, now))) {
                return waiter.permit().map(waiter::admitted);
            }
            Due due = Due.of(waiter, demand, now);
            if (waiters.size() >= room || isTooLate(waiter, due, now)) {
                return Optional.of(waiter.refused(due, now));
            }
            waiters.add(waiter);
            add(waiter);
            waiter.waitsFor(due, now);
            return Optional.empty();
        } finally {
            size = waiters.size();
        }
    }

    /** Who stands in its way may lack something else by now. */
    private boolean mayPassNow(Waiter waiter) {
        boolean look = !waiters.isEmpty() && waiter.onlyStandsBehind();
        if (look) {
            serveBeforeArrival();
        }
        return look;
    }

    private void serveBeforeArrival() {
        serveAll();
        size = waiters.size() + 1;
    }

    private void add(Waiter waiter) {
        demand.add(waiter);
        changesNanos = Math.min(changesNanos, waiter.lackingUntilNanos());
    }

    private Optional<Admission> again(Waiter waiter, boolean itIsTime) {
        lock.lock();
        try {
            if (waiter.permit().isEmpty()
                    && (itIsTime || due(waiter, time.nanos()).nanos() == 0)) {
                serveAll();
            }
            if (waiter.permit().isPresent()) {
                return waiter.permit().map(waiter::admitted);
            }
            if (waiter.turn().canceled().getAsBoolean()) {
                leave(waiter);
                return Optional.of(new Admission.Canceled());
            }
            long now = time.nanos();
            Due due = due(waiter, now);
            if (isTooLate(waiter, due, now)) {
                leave(waiter);
                return Optional.of(waiter.refused(due, now));
            }
            waiter.waitsFor(due, now);
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private Due due(Waiter waiter, long nowNanos) {
        return Due.of(waiter, Demand.before(waiter, waiters), nowNanos);
    }

    private static boolean isTooLate(Waiter waiter, Due due, long nowNanos) {
        return due.isAfter(waiter.turn().deadlineNanos(), nowNanos);
    }

    /** The thread was interrupted, or something broke; what may have been taken for it meanwhile goes back. */
    private void abandon(Waiter waiter) {
        lock.lock();
        try {
            leave(waiter);
        } finally {
            lock.unlock();
            waiter.permit().ifPresent(Permit::giveBackAll);
        }
    }

    private void leave(Waiter waiter) {
        if (waiters.remove(waiter)) {
            serveAll();
        }
    }

    /** Lets everybody try who has nobody before him at any limit he needs. */
    void serve() {
        lock.lock();
        try {
            serveAll();
        } finally {
            lock.unlock();
        }
    }

    private void serveAll() {
        long now = time.nanos();
        demand.clear();
        changesNanos = Allowance.NEVER;
        try {
            for (Iterator<Waiter> all = waiters.iterator(); all.hasNext(); ) {
                Waiter waiter = all.next();
                if (waiter.serve(turnstile, demand, now)) {
                    all.remove();
                } else {
                    add(waiter);
                }
            }
        } finally {
            size = waiters.size();
        }
    }

    @Override
    public String toString() {
        return places + " places";
    }
}
