package dev.gateway4j.api.config;

import dev.gateway4j.api.Fingerprint;
import dev.gateway4j.api.Secret;
import java.util.Map;
import java.util.Optional;

/**
 * Recognises keys that belong to another environment, wherever they come from: by their fingerprints, and by the values that the file
 * itself gives to production. Immutable and thread-safe.
 */
public final class ForbiddenKeys {
    private static final ForbiddenKeys NONE = new ForbiddenKeys(Optional.empty(), Map.of(), Map.of());

    private final Optional<Fingerprint> fingerprint;
    private final Map<String, String> byFingerprint;
    private final Map<Secret, String> byValue;

    /** By fingerprint and by value, the environment whose key it is. */
    ForbiddenKeys(Optional<Fingerprint> fingerprint, Map<String, String> byFingerprint, Map<Secret, String> byValue) {
        this.fingerprint = fingerprint;
        this.byFingerprint = Map.copyOf(byFingerprint);
        this.byValue = Map.copyOf(byValue);
    }

    /** Nothing is forbidden. */
    public static ForbiddenKeys none() {
        return NONE;
    }

    /** The environment this secret belongs to, if it is one that must not be used here. */
    public Optional<String> environmentOf(Secret secret) {
        Optional<String> known = Optional.ofNullable(byValue.get(secret));
        return known.isPresent() || byFingerprint.isEmpty()
                ? known
                : fingerprint(secret).map(byFingerprint::get);
    }

    /** How a secret is listed under {@code key_fingerprints}; empty if the settings have no key for fingerprints. */
    public Optional<String> fingerprint(Secret secret) {
        return fingerprint.map(under -> under.of(secret));
    }

    @Override
    public String toString() {
        return "ForbiddenKeys[" + byFingerprint.size() + " by fingerprint, " + byValue.size() + " by value]";
    }
}
