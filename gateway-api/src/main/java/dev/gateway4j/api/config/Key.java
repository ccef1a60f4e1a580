package dev.gateway4j.api.config;

import java.util.List;
import java.util.Optional;

/**
 * One row of the table of settings.
 *
 * @param name its name; for the element of a map a placeholder: {@link #PLAIN_NAME} for names of ours, else of what it names
 * @param kind what it holds
 * @param choices the values of a {@link Kind#CHOICE}
 * @param children the keys of a section, or the one element of a map or list
 * @param fallback the default as text, or a word about it; empty if there is none
 * @param effect whether this version does anything with it
 * @param meaning one sentence
 */
record Key(
        String name,
        Kind kind,
        List<String> choices,
        List<Key> children,
        String fallback,
        Effect effect,
        String meaning) {
    /** The placeholder for names of letters, digits, {@code -} and {@code _}. */
    static final String PLAIN_NAME = "NAME";

    /** Whether this version does anything with a setting. */
    enum Effect {
        ACTIVE,
        /** Accepted and checked, and announced in a notice. */
        DORMANT
    }

    static Key section(String name, Key... children) {
        return new Key(name, Kind.SECTION, List.of(), List.of(children), "", Effect.ACTIVE, "");
    }

    static Key map(String name, Key element) {
        return new Key(name, Kind.MAP, List.of(), List.of(element), "", Effect.ACTIVE, "");
    }

    static Key list(String name, Key element) {
        return new Key(name, Kind.LIST, List.of(), List.of(element), "", Effect.ACTIVE, "");
    }

    static Key value(String name, Kind kind, String fallback, String meaning) {
        return new Key(name, kind, List.of(), List.of(), fallback, Effect.ACTIVE, meaning);
    }

    static Key choice(String name, List<String> choices, String fallback, String meaning) {
        return new Key(name, Kind.CHOICE, choices, List.of(), fallback, Effect.ACTIVE, meaning);
    }

    /** This key and everything below it, without effect in this version. */
    Key dormant() {
        List<Key> below = children.stream().map(Key::dormant).toList();
        return new Key(name, kind, choices, below, fallback, Effect.DORMANT, meaning);
    }

    /** This section with a sentence about what is in it. */
    Key about(String sentence) {
        return new Key(name, kind, choices, children, fallback, effect, sentence);
    }

    Optional<Key> child(String wanted) {
        return children.stream().filter(key -> key.name.equals(wanted)).findFirst();
    }

    /** The element of a map or list. */
    Key element() {
        return children.get(0);
    }

    List<String> childNames() {
        return children.stream().map(Key::name).toList();
    }
}
