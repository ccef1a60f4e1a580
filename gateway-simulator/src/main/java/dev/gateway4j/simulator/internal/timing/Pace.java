package dev.gateway4j.simulator.internal.timing;

import dev.gateway4j.simulator.internal.chance.Draws;

/**
 * The times of one answer, in nanoseconds after the request arrived. What is drawn once is drawn at the start; gaps between tokens are
 * drawn as they are asked for, so a long stream costs nothing in advance. Used by one thread at a time.
 */
public final class Pace {
    private static final double PREFILL_MS_PER_MILLION = 11_000;
    private static final double LONGEST_STALL_IN_ANSWERS = 20;
    private static final double NANOS_PER_MS = 1e6;
    private static final double EMBEDDING_SHARE = 0.2;

    private final LatencyProfile profile;
    private final Draws draws;
    private final double factor;
    private final double stall;
    private final double prefill;

    private Pace(LatencyProfile profile, Draws draws, double factor, double stall, double prefill) {
        this.profile = profile;
        this.draws = draws;
        this.factor = factor;
        this.stall = stall;
        this.prefill = prefill;
    }

    /** The pace of an answer with so many tokens in and out. */
    public static Pace of(LatencyProfile profile, Draws draws, long inputTokens, long outputTokens) {
        if (profile.instant()) {
            return new Pace(profile, draws, 1, 0, 0);
        }
        double factor = lognormal(draws, profile.core());
        double whole = profile.base() + profile.token() * outputTokens;
        double stall = draws.chance(profile.spike()) ? draws.exponential() * profile.spikeMean() * whole : 0;
        double prefill = profile.core() > 0 ? PREFILL_MS_PER_MILLION * inputTokens / 1e6 : 0;
        return new Pace(profile, draws, factor, Math.min(stall, LONGEST_STALL_IN_ANSWERS * whole), prefill);
    }

    /** When the headers of a streamed response arrive. Those of a chat stream come with its first event. */
    public long headers() {
        return nanos(Math.min(profile.header() * factor, profile.base() * factor + prefill + stall));
    }

    /** When the first event of a chat stream, or the first item of a response, arrives. */
    public long first() {
        return nanos(profile.base() * factor + prefill + stall);
    }

    /** How long the next tokens take. */
    public long gap(int tokens) {
        if (profile.token() == 0) {
            return 0;
        }
        double sigma = profile.gap();
        double millis = profile.token() * tokens;
        if (sigma > 0) {
            millis *= lognormal(draws, sigma) * StrictMath.exp(-sigma * sigma / 2);
        }
        if (draws.chance(profile.pause())) {
            millis += draws.exponential() * profile.pauseMean();
        }
        return nanos(millis);
    }

    /** How long the end of a stream lags the last token. */
    public long tail() {
        return nanos(profile.tail());
    }

    /** When an answer that is not streamed arrives. */
    public long whole(long outputTokens) {
        return nanos((profile.base() + profile.token() * outputTokens) * factor + prefill + stall);
    }

    /** When an answer without any generation arrives: embeddings, listings, errors. */
    public long quick() {
        return nanos(profile.core() == 0 ? profile.base() : profile.base() * EMBEDDING_SHARE * factor);
    }

    private static double lognormal(Draws draws, double sigma) {
        return sigma == 0 ? 1 : StrictMath.exp(draws.normal() * sigma);
    }

    private static long nanos(double millis) {
        return (long) (millis * NANOS_PER_MS);
    }
}
