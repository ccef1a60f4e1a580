package dev.gateway4j.simulator.internal.encode;

import dev.gateway4j.simulator.internal.timing.Pace;
import java.util.List;
import java.util.Optional;

/** When the events of a response's stream are due: by a pace, or by a list that was kept of an earlier time. */
public final class Schedule {
    private final long begins;
    private final long floor;
    private final Optional<Pace> pace;
    private final List<Long> dues;

    private Schedule(long begins, long floor, Optional<Pace> pace, List<Long> dues) {
        this.begins = begins;
        this.floor = floor;
        this.pace = pace;
        this.dues = List.copyOf(dues);
    }

    /** By a pace, from this time on. */
    public static Schedule of(Pace pace, long begins) {
        return new Schedule(begins, begins, Optional.of(pace), List.of());
    }

    /**
     * By what was kept. Events beyond the list are due at once.
     *
     * @param dues how long after the beginning each event is due
     * @param begins the beginning
     * @param floor a time before which nothing is due
     */
    public static Schedule kept(List<Long> dues, long begins, long floor) {
        return new Schedule(begins, floor, Optional.empty(), dues);
    }

    long begins() {
        return begins;
    }

    /** When the first event is due at the earliest. */
    long opens() {
        return Math.max(begins, floor);
    }

    /** When the last event of an answer with so many tokens is due, about. */
    long ends(long tokens) {
        return pace.map(known -> begins + known.whole(tokens))
                .orElseGet(() -> dues.isEmpty() ? begins : begins + dues.get(dues.size() - 1));
    }

    /** When the event is due at the earliest, if that does not follow from the event before. */
    Optional<Long> next(int number, StreamEvent event) {
        if (pace.isEmpty()) {
            return Optional.of(Math.max(floor, begins + (number < dues.size() ? dues.get(number) : 0)));
        }
        return switch (event.waits()) {
            case HEADERS -> Optional.of(begins + pace.get().headers());
            case FIRST -> Optional.of(begins + pace.get().first());
            default -> Optional.empty();
        };
    }

    /** How long after the event before. */
    long gap(StreamEvent event) {
        return switch (event.waits()) {
            case TOKENS -> pace.map(known -> known.gap(event.tokens())).orElse(0L);
            case TAIL -> pace.map(Pace::tail).orElse(0L);
            default -> 0;
        };
    }
}
