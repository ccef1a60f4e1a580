package dev.gateway4j.okhttp.internal.limit;

import dev.gateway4j.api.openai.LimitHeaders.Reading;
import java.time.Duration;

/**
 * Tells from what an upstream says whether its limit is per minute or per day. The time until everything is there again is (limit −
 * remaining) / limit × window, cut or rounded up to milliseconds or, by Azure, to seconds.
 */
final class LearnedWindow {
    static final long MINUTE = Duration.ofMinutes(1).toNanos();
    static final long DAY = Duration.ofDays(1).toNanos();

    private static final double SECOND = 1e9;
    private static final double MILLI = 1e6;

    private LearnedWindow() {}

    /** A minute unless only a day fits; what was believed before where both fit. */
    static long of(Reading reading, long before) {
        double used = reading.limit() - reading.remaining();
        if (reading.reset().isEmpty() || used == 0) {
            return before;
        }
        double reset = reading.reset().get().toNanos();
        double rounding = reset % SECOND == 0 ? SECOND : MILLI;
        double shortest = (reset - rounding) / used * reading.limit();
        double longest = (reset + rounding) / used * reading.limit();
        boolean minuteFits = shortest <= MINUTE * 1.5 && longest >= MINUTE / 2.0;
        boolean dayFits = shortest <= DAY * 1.5 && longest >= DAY / 2.0;
        return minuteFits && dayFits ? before : dayFits ? DAY : MINUTE;
    }
}
