package dev.gateway4j.api.keys;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The place of a value in a sealed file: all that can be seen of it without the password. Names have 1 to 100 of the characters A-Z, a-z,
 * 0-9, dot, underscore and hyphen.
 *
 * @param name the name of the key, unique within its environment
 * @param environment whose key it is; it can be read for no other
 * @param upstream the only upstream it is for; any without one
 * @param sealedAt when the value was sealed, in whole seconds
 */
public record SealedKey(String name, String environment, Optional<String> upstream, Instant sealedAt) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    /** Checks the names. */
    public SealedKey {
        check("name of a key", name);
        check("name of an environment", environment);
        upstream.ifPresent(value -> check("name of an upstream", value));
        sealedAt = sealedAt.truncatedTo(ChronoUnit.SECONDS);
    }

    boolean is(String wantedEnvironment, String wantedName) {
        return environment.equals(wantedEnvironment) && name.equals(wantedName);
    }

    private static void check(String what, String value) {
        if (!NAME.matcher(value).matches()) {
            throw new IllegalArgumentException("a " + what
                    + " in a sealed file has 1 to 100 of the characters A-Z, a-z, 0-9, dot, underscore and hyphen");
        }
    }
}
