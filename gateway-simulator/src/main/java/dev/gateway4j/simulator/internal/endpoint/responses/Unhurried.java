package dev.gateway4j.simulator.internal.endpoint.responses;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Gives a response in the background the time in which it can be seen to wait and to be worked on, however fast the simulator is: it is
 * queued for 50 milliseconds and done after a second at the earliest, by the clock of the simulator. One that is streamed keeps its pace,
 * since whoever made it is watching.
 */
final class Unhurried {
    private static final long QUEUED = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long SHORTEST = TimeUnit.SECONDS.toNanos(1);
    /** The first two events tell that it was queued. */
    private static final int BEGUN = 2;

    private Unhurried() {}

    /** When its events are due, given when they would be by the pace of the model alone. */
    static List<Long> of(List<Long> paced) {
        int last = paced.size() - 1;
        if (paced.get(last) >= SHORTEST) {
            return paced;
        }
        List<Long> dues = new ArrayList<>(paced);
        for (int i = BEGUN; i < last; i++) {
            dues.set(i, Math.min(paced.get(i) + QUEUED, SHORTEST));
        }
        dues.set(last, SHORTEST);
        return dues;
    }
}
