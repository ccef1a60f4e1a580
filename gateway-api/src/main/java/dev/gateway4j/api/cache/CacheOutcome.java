package dev.gateway4j.api.cache;

import dev.gateway4j.api.call.Cost;
import dev.gateway4j.api.call.Usage;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What became of a call at the cache. Immutable.
 *
 * @param status in one word
 * @param key the name of the answer that was given or would be kept; empty for a bypass
 * @param age how old the answer is that was given from the cache
 * @param similarity how similar the question was that it was given to, as a cosine; only for {@link CacheStatus#SEMANTIC}
 * @param flight the id of the call that asked upstream, if that was one for several
 * @param reason why the cache was bypassed, or why the answer was not kept, in a few words
 * @param saved what the answer used when it was made; empty if it did not say, or if nothing was saved
 * @param savedCost what that would have cost now; nothing if nothing was saved
 */
public record CacheOutcome(
        CacheStatus status,
        Optional<CacheKey> key,
        Optional<Duration> age,
        OptionalDouble similarity,
        Optional<String> flight,
        Optional<String> reason,
        Optional<Usage> saved,
        Cost savedCost) {
    /** An outcome of which only the status and the key are known. */
    public static CacheOutcome of(CacheStatus status, Optional<CacheKey> key) {
        return new CacheOutcome(
                status,
                key,
                Optional.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Cost.NOTHING);
    }

    /** A bypass, and why. */
    public static CacheOutcome bypass(String reason) {
        return of(CacheStatus.BYPASS, Optional.empty()).withReason(reason);
    }

    /** This outcome with that reason. */
    public CacheOutcome withReason(String why) {
        return new CacheOutcome(status, key, age, similarity, flight, Optional.of(why), saved, savedCost);
    }

    /** This outcome with that age. */
    public CacheOutcome withAge(Duration old) {
        return new CacheOutcome(status, key, Optional.of(old), similarity, flight, reason, saved, savedCost);
    }

    /** This outcome with that similarity. */
    public CacheOutcome withSimilarity(double cosine) {
        return new CacheOutcome(status, key, age, OptionalDouble.of(cosine), flight, reason, saved, savedCost);
    }

    /** This outcome with that flight. */
    public CacheOutcome withFlight(String id) {
        return new CacheOutcome(status, key, age, similarity, Optional.of(id), reason, saved, savedCost);
    }

    /** This outcome with what was saved. */
    public CacheOutcome withSaved(Optional<Usage> usage, Cost cost) {
        return new CacheOutcome(status, key, age, similarity, flight, reason, usage, cost);
    }
}
