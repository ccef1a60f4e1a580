package dev.gateway4j.simulator.internal.timing;

import dev.gateway4j.simulator.internal.chance.Draws;

/**
 * The times of one answer, in nanoseconds after the request arrived. What is drawn once is drawn at the start; gaps between tokens are
 * drawn as they are asked for, so a long stream costs nothing in advance. Used by one thread at a time.
 *
 * <p>A floor with a lognormal core, now and then a stall that is exponential, and a prefill that grows with the prompt.
 */
public final class Pace {
    private static final double NANOS_PER_MS = 1e6;
    private static final double MILLION = 1e6;
    private static final double HEADER_DEVIATION = 0.25;
    private static final double TAIL_DEVIATION = 0.5;
    /** Nothing is delayed longer than all but one in a thousand exponential draws. */
    private static final double MOST_MEANS = 6.9;

    private final LatencyProfile profile;
    private final Draws draws;
    private final double factor;
    private final double begin;
    private final double header;
    private final double tail;

    private Pace(LatencyProfile profile, Draws draws, double factor, double begin, double header, double tail) {
        this.profile = profile;
        this.draws = draws;
        this.factor = factor;
        this.begin = begin;
        this.header = header;
        this.tail = tail;
    }

    /** The pace of an answer with so many tokens in and out. */
    public static Pace of(LatencyProfile profile, Draws draws, long inputTokens, long outputTokens) {
        if (profile.instant()) {
            return new Pace(profile, draws, 1, 0, 0, 0);
        }
        double factor = lognormal(draws, profile.core());
        double whole = profile.base() + profile.token() * outputTokens;
        double stall = draws.chance(profile.spike())
                ? Math.min(MOST_MEANS, draws.exponential()) * profile.spikeMean() * whole
                : 0;
        double uncached = inputTokens / MILLION;
        double prefill = profile.prefill() * uncached + profile.prefill2() * uncached * uncached;
        boolean drawn = profile.core() > 0;
        double header = profile.header() * (drawn ? lognormal(draws, HEADER_DEVIATION) : 1);
        double tail = profile.tail() * (drawn ? lognormal(draws, TAIL_DEVIATION) : 1);
        return new Pace(profile, draws, factor, prefill + stall, header, tail);
    }

    /** When the headers of a streamed response arrive. Those of a chat stream come with its first event. */
    public long headers() {
        return Math.min(nanos(header), first());
    }

    /** When the first event of a chat stream, or the first item of a response, arrives. */
    public long first() {
        return nanos(capped(profile.base() * factor + begin));
    }

    /** How long the next tokens take. */
    public long gap(int tokens) {
        if (profile.token() == 0) {
            return 0;
        }
        double millis = profile.token() * tokens;
        if (profile.join() > 0) {
            if (draws.chance(profile.join())) {
                return 0;
            }
            millis /= 1 - profile.join();
        }
        double sigma = profile.gap();
        if (sigma > 0) {
            millis *= lognormal(draws, sigma) * StrictMath.exp(-sigma * sigma / 2);
        }
        if (draws.chance(profile.pause())) {
            millis += Math.min(MOST_MEANS, draws.exponential()) * profile.pauseMean();
        }
        return nanos(millis);
    }

    /** How long the end of a stream lags the last token. */
    public long tail() {
        return nanos(tail);
    }

    /** When an answer that is not streamed arrives. */
    public long whole(long outputTokens) {
        return nanos(capped((profile.base() + profile.token() * outputTokens) * factor + begin));
    }

    /** When an answer without any generation arrives: embeddings, listings. */
    public long quick() {
        return around(profile.quick());
    }

    /** When a request is refused. */
    public long refused() {
        return around(profile.refused());
    }

    /** When a picture is painted. */
    public long picture() {
        return around(profile.picture());
    }

    private long around(double median) {
        return nanos(median * factor);
    }

    private double capped(double millis) {
        return profile.max() > 0 ? Math.min(profile.max(), millis) : millis;
    }

    private static double lognormal(Draws draws, double sigma) {
        return sigma == 0 ? 1 : StrictMath.exp(draws.normal() * sigma);
    }

    private static long nanos(double millis) {
        return (long) (millis * NANOS_PER_MS);
    }
}
