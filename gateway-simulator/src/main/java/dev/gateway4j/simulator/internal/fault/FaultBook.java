package dev.gateway4j.simulator.internal.fault;

import dev.gateway4j.api.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The faults that are on. Thread-safe. */
public final class FaultBook {
    private final List<Armed> armed = new CopyOnWriteArrayList<>();
    private final long startNanos;

    /** No faults; windows and bursts count from now. */
    public FaultBook(TimeSource time) {
        this.startNanos = time.nanos();
    }

    /** One more fault, after those that are on. */
    public void add(FaultText fault) {
        armed.add(new Armed(fault));
    }

    /** Takes away every fault of this text; true if there was one. */
    public boolean remove(FaultText fault) {
        return armed.removeIf(one -> one.text().equals(fault));
    }

    /** Takes away all faults. */
    public void clear() {
        armed.clear();
    }

    /** Forgets which requests the faults could have struck; they stay on. */
    public void reset() {
        armed.forEach(Armed::reset);
    }

    /** The faults that are on, in the order in which they were added. */
    public List<FaultText> list() {
        return armed.stream().map(Armed::text).toList();
    }

    /** True if nothing can strike. */
    public boolean isEmpty() {
        return armed.isEmpty();
    }

    /** True if a fault that is not on, but asked for by the request itself, strikes it: for whom it is, in its window, by its chance. */
    public boolean strikes(FaultText fault, Incoming incoming) {
        return new Armed(fault).strikes(incoming, startNanos);
    }

    /** The faults that strike a request, in their order. Every fault that could have struck it counts it. */
    public List<FaultText> striking(Incoming incoming) {
        List<FaultText> striking = new ArrayList<>();
        for (Armed one : armed) {
            if (one.strikes(incoming, startNanos)) {
                striking.add(one.text());
            }
        }
        return striking;
    }
}
