package dev.gateway4j.cassette;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Members of a cassette that the format does not know, in the order of the file, kept so that nothing is lost when a file is written
 * again. Ours begin with {@code x-}; go-vcr reads past them. Immutable and thread-safe.
 */
public final class Extras {
    private static final Extras NONE = new Extras(Map.of());

    private final Map<String, Value> members;

    private Extras(Map<String, Value> members) {
        this.members = members;
    }

    /** No members. */
    public static Extras none() {
        return NONE;
    }

    /** These members, in this order. */
    public static Extras of(Map<String, Value> members) {
        return members.isEmpty() ? NONE : new Extras(Collections.unmodifiableMap(new LinkedHashMap<>(members)));
    }

    /** All members, in order. */
    public Map<String, Value> members() {
        return members;
    }

    /** The text of the member with this name; empty if there is none, or if it is more than a text. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(members.get(name))
                .flatMap(value -> value instanceof Text text ? Optional.of(text.text()) : Optional.empty());
    }

    /** These members and this one, or this one in place of its namesake. */
    public Extras with(String name, String text) {
        Map<String, Value> more = new LinkedHashMap<>(members);
        more.put(name, new Text(text, false));
        return of(more);
    }

    /** These members without that one. */
    public Extras without(String name) {
        Map<String, Value> fewer = new LinkedHashMap<>(members);
        fewer.remove(name);
        return of(fewer);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Extras that && members.equals(that.members);
    }

    @Override
    public int hashCode() {
        return members.hashCode();
    }

    @Override
    public String toString() {
        return "Extras" + members.keySet();
    }

    /** A value of any shape. */
    public sealed interface Value {}

    /**
     * A single value by its source text.
     *
     * @param text as it stands in the file, without quotes
     * @param plain whether it stood there without quotes, so that {@code 1} stays a number for others
     */
    public record Text(String text, boolean plain) implements Value {}

    /**
     * A list.
     *
     * @param items its values
     */
    public record Items(List<Value> items) implements Value {
        /** Copies the list. */
        public Items {
            items = List.copyOf(items);
        }
    }

    /**
     * Named values.
     *
     * @param members its values by name, in order
     */
    public record Members(Map<String, Value> members) implements Value {
        /** Copies the map and keeps its order. */
        public Members {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }
    }
}
