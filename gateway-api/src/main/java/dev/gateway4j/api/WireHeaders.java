package dev.gateway4j.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The header fields of a message in the order of the wire; names compare without case and may repeat. Immutable and thread-safe.
 * {@link #toString()} shows names only, never values.
 */
public final class WireHeaders {
    private static final WireHeaders EMPTY = new WireHeaders(List.of());

    private final List<Map.Entry<String, String>> entries;

    private WireHeaders(List<Map.Entry<String, String>> entries) {
        this.entries = entries;
    }

    /** No header at all. */
    public static WireHeaders empty() {
        return EMPTY;
    }

    /**
     * Headers from alternating names and values, in that order.
     *
     * @throws IllegalArgumentException if the number of arguments is odd
     */
    public static WireHeaders of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException(
                    "names and values must alternate, got " + namesAndValues.length + " strings");
        }
        Builder builder = new Builder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            builder.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return builder.build();
    }

    /** An empty builder. */
    public static Builder builder() {
        return new Builder();
    }

    /** The first value of the header with this name, in any case. */
    public Optional<String> first(String name) {
        for (Map.Entry<String, String> entry : entries) {
            if (entry.getKey().equalsIgnoreCase(name)) {
                return Optional.of(entry.getValue());
            }
        }
        return Optional.empty();
    }

    /** All fields in wire order, as name and value. */
    public List<Map.Entry<String, String>> entries() {
        return entries;
    }

    /** These headers and one more at the end. */
    public WireHeaders with(String name, String value) {
        Builder builder = new Builder();
        builder.entries.addAll(entries);
        return builder.add(name, value).build();
    }

    /** These headers without those of this name, in any case. */
    public WireHeaders without(String name) {
        Builder builder = new Builder();
        for (Map.Entry<String, String> entry : entries) {
            if (!entry.getKey().equalsIgnoreCase(name)) {
                builder.entries.add(entry);
            }
        }
        return builder.build();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WireHeaders that && entries.equals(that.entries);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }

    @Override
    public String toString() {
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, String> entry : entries) {
            names.add(entry.getKey().toLowerCase(Locale.ROOT));
        }
        return "WireHeaders" + names;
    }

    /** Collects headers in order. Not thread-safe. */
    public static final class Builder {
        private final List<Map.Entry<String, String>> entries = new ArrayList<>();

        private Builder() {}

        /** Appends one field; an earlier one of the same name stays. */
        public Builder add(String name, String value) {
            entries.add(Map.entry(name, value));
            return this;
        }

        /** The headers collected so far. */
        public WireHeaders build() {
            return entries.isEmpty() ? EMPTY : new WireHeaders(List.copyOf(entries));
        }
    }
}
