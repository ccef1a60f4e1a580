package dev.gateway4j.simulator.internal.timing;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A queue with several servers and any distribution of service times: an answer that finds all slots taken waits until the first comes
 * free. Answers are admitted in the order of their arrival. Thread-safe.
 */
public final class Slots {
    private final int count;
    private final ReentrantLock lock = new ReentrantLock();
    private final PriorityQueue<Slot> busy = new PriorityQueue<>(Comparator.comparingLong(slot -> slot.until));

    /** So many slots; 0 for any number. */
    public Slots(int count) {
        this.count = count;
    }

    /**
     * Takes a slot for an answer.
     *
     * @param arrival when its request arrived
     * @param service how long it will be worked on
     */
    public Slot take(long arrival, long service) {
        if (count == 0) {
            return new Slot(this, arrival, arrival + service);
        }
        lock.lock();
        try {
            while (!busy.isEmpty() && busy.element().until <= arrival) {
                busy.remove();
            }
            // Of those still busy, as many as are over the count will have left before a slot is free for this one.
            long start = busy.size() < count ? arrival : busy.remove().until;
            Slot slot = new Slot(this, start, start + service);
            busy.add(slot);
            return slot;
        } finally {
            lock.unlock();
        }
    }

    private void end(Slot slot, long at) {
        if (count == 0) {
            return;
        }
        lock.lock();
        try {
            if (busy.remove(slot)) {
                slot.until = Math.min(slot.until, Math.max(slot.start, at));
                busy.add(slot);
            }
        } finally {
            lock.unlock();
        }
    }

    /** A slot that is taken by one answer. */
    public static final class Slot {
        private final Slots slots;
        private final long start;
        private long until;

        private Slot(Slots slots, long start, long until) {
            this.slots = slots;
            this.start = start;
            this.until = until;
        }

        /** When the work begins: at the arrival, or when the slot came free. */
        public long start() {
            return start;
        }

        /** Gives the slot back at this time, if that is earlier than it was taken for. */
        public void end(long at) {
            slots.end(this, at);
        }
    }
}
