package dev.gateway4j.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gateway4j.api.config.UpstreamKey;
import dev.gateway4j.api.spi.KeySource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What every {@link KeySource} promises. Extend it in your tests, say how to make your key source, and its tests run with yours. */
public abstract class KeySourceContract {
    /** For subclasses. */
    protected KeySourceContract() {}

    /** A key source. */
    protected abstract KeySource keySource();

    /** The name of an environment that it has keys for. */
    protected abstract String environment();

    @Test
    void it_has_keys_for_its_environment() {
        List<UpstreamKey> keys = keySource().keys(environment());

        assertNotNull(keys, "null instead of keys");
        assertFalse(keys.isEmpty(), "no keys for " + environment());
    }

    @Test
    void nobody_can_change_the_list_of_keys() {
        List<UpstreamKey> keys = keySource().keys(environment());

        assertThrows(UnsupportedOperationException.class, () -> keys.remove(0));
        assertThrows(UnsupportedOperationException.class, () -> keys.add(keys.get(0)));
    }

    @Test
    void the_names_of_keys_are_different_and_not_blank() {
        List<UpstreamKey> keys = keySource().keys(environment());

        Set<String> names = names(keys);

        assertEquals(keys.size(), names.size(), () -> "names repeat: " + names);
        assertTrue(names.stream().noneMatch(String::isBlank), "a blank name");
    }

    @Test
    void another_environment_gets_none_of_these_keys() {
        KeySource source = keySource();
        Set<String> common = names(source.keys(environment()));

        common.retainAll(names(keysOrNone(source, "no-such-environment-0000")));

        assertEquals(Set.of(), common, "keys that belong to two environments");
    }

    @Test
    void no_secret_shows_in_the_text_of_a_key() {
        for (UpstreamKey key : keySource().keys(environment())) {
            assertFalse(key.toString().contains(key.secret().reveal()), "a secret in the text of key " + key.name());
        }
    }

    /** An exception is one of the two ways to say that there is none. */
    private static List<UpstreamKey> keysOrNone(KeySource source, String environment) {
        try {
            return source.keys(environment);
        } catch (RuntimeException e) {
            return List.of();
        }
    }

    private static Set<String> names(List<UpstreamKey> keys) {
        return keys.stream().map(UpstreamKey::name).collect(Collectors.toCollection(HashSet::new));
    }
}
