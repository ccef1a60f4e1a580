package dev.gateway4j.api.spi;

import dev.gateway4j.api.config.UpstreamKey;
import java.util.List;

/**
 * Where the keys of an environment come from, for those who keep them in a vault. Asked on every choice of a key, so it answers from
 * memory and never blocks. A list is not changed once it was returned: other keys are another list, and as long as nothing changes the same
 * list is returned again, which is cheapest. Thread-safe.
 */
@FunctionalInterface
public interface KeySource {
    /**
     * The keys that may be used now. An exception, like an empty list, means that no key is available: the call is refused, it never goes
     * out without one. A key that names an upstream which is not in the settings, or that belongs to another environment, is left out with
     * a warning. Health is kept by name and value, so a key with a new value begins well.
     *
     * @param environment the name of the environment that asks
     */
    List<UpstreamKey> keys(String environment);
}
