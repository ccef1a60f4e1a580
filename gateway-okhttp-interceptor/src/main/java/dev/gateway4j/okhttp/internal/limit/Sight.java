package dev.gateway4j.okhttp.internal.limit;

/**
 * What the last answer leads to expect of a limit that others may use too: what was left when its call departed, with the refill and without
 * our own calls since, less what others were seen to take in the meantime.
 *
 * @param level what is there, by that; negative where more was taken than was there
 * @param others what others take in a nanosecond
 * @param anchor the call whose answer it follows
 * @param anchored what was left when that call departed
 * @param sharedUntilNanos until when others are reckoned with, although none were seen of late
 */
record Sight(double level, double others, Departure anchor, long anchored, long sharedUntilNanos) {
    static Sight none(long now) {
        return new Sight(0, 0, Departure.none(now), 0, now);
    }

    Sight with(double nowLevel) {
        return new Sight(nowLevel, others, anchor, anchored, sharedUntilNanos);
    }
}
