package dev.gateway4j.okhttp.internal.limit;

/**
 * Where a learned limit stood when a call departed, so that its answer, which speaks of that time, can be understood later.
 *
 * @param nanos when it departed
 * @param taken all that had been taken until then, with the call's own
 * @param underWay what calls that may not have arrived had taken then, with the call's own
 * @param amount what the call itself took
 * @param generation which generation of calls under way it belongs to
 */
record Departure(long nanos, long taken, long underWay, long amount, long generation) {
    /** Before any call. */
    static Departure none(long now) {
        return new Departure(now, 0, 0, 0, 0);
    }

    /** True if this call departed later. Answers overtake each other, and an older one says nothing new. */
    boolean isAfter(Departure other) {
        return nanos - other.nanos > 0 || (nanos == other.nanos && taken > other.taken);
    }
}
