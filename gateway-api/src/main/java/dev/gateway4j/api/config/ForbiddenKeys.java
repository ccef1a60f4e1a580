package dev.gateway4j.api.config;

import dev.gateway4j.api.Secret;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Recognises keys that belong to another environment by their fingerprints, wherever they come from. Holds no secret. Thread-safe.
 */
public final class ForbiddenKeys {
    private static final ForbiddenKeys NONE = new ForbiddenKeys(secret -> "", Map.of());

    private final Function<Secret, String> fingerprint;
    private final Map<String, String> environments;

    /** By fingerprint, the environment whose key it is. */
    ForbiddenKeys(Function<Secret, String> fingerprint, Map<String, String> environments) {
        this.fingerprint = fingerprint;
        this.environments = Map.copyOf(environments);
    }

    /** Nothing is forbidden. */
    public static ForbiddenKeys none() {
        return NONE;
    }

    /** The environment this secret belongs to, if it is one that must not be used here. */
    public Optional<String> environmentOf(Secret secret) {
        return environments.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(environments.get(fingerprint.apply(secret)));
    }

    @Override
    public String toString() {
        return "ForbiddenKeys[" + environments.size() + "]";
    }
}
