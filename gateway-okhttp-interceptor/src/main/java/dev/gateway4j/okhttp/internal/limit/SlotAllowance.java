package dev.gateway4j.okhttp.internal.limit;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Places for calls under way. Only a call that ends makes room, so the time until then is a guess. */
final class SlotAllowance implements Allowance {
    private static final long GUESS_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final long places;
    private final AtomicLong used = new AtomicLong();

    SlotAllowance(long places) {
        this.places = places;
    }

    @Override
    public boolean tryTake(long amount) {
        while (true) {
            long before = used.get();
            if (amount > places - before) {
                return false;
            }
            if (used.compareAndSet(before, before + amount)) {
                return true;
            }
        }
    }

    @Override
    public void giveBack(long amount) {
        used.addAndGet(-amount);
    }

    @Override
    public void overdraw(long amount) {
        used.addAndGet(amount);
    }

    @Override
    public long nanosUntil(long amount) {
        if (amount > places) {
            return NEVER;
        }
        return amount <= remaining() ? 0 : GUESS_NANOS;
    }

    @Override
    public long capacity() {
        return places;
    }

    @Override
    public long remaining() {
        return places - used.get();
    }

    @Override
    public boolean timeless() {
        return true;
    }
}
