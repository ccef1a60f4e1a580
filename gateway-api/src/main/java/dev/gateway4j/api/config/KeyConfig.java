package dev.gateway4j.api.config;

import java.time.Duration;

/**
 * How the keys of an environment are chosen, how long an ailing one rests, and where they are read again. Immutable and thread-safe.
 *
 * @param selection which of the keys that fit is chosen
 * @param quarantine how long a key first rests that an upstream refused with 401 or 403; every further refusal doubles it, up to 32 times
 *     as long
 * @param quotaPause how long a key rests whose money is spent, before one call tries it again
 * @param files where the values of the keys stand, and how they are read again
 * @param forbidden keys of other environments that must not be used here
 */
public record KeyConfig(
        Selection selection, Duration quarantine, Duration quotaPause, KeyFiles files, ForbiddenKeys forbidden) {
    /** Which of the keys that fit is chosen. */
    public enum Selection {
        /** By chance, in the proportion of their weights. Default. */
        WEIGHTED,
        /** Of two drawn by weight, the one with more left of what the upstream allows. */
        LEAST_LOADED,
        /** The same key for the same user as long as it is well; by weight for calls that name no user. */
        STICKY
    }

    /** By weight, 30 seconds and 10 minutes of rest, nothing to read again, nothing forbidden. */
    public static KeyConfig defaults() {
        return new KeyConfig(
                Selection.WEIGHTED,
                Duration.ofSeconds(30),
                Duration.ofMinutes(10),
                KeyFiles.none(),
                ForbiddenKeys.none());
    }
}
