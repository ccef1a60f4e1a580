package dev.gateway4j.cassette.internal.library;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which cassettes of a library can answer what, without the cassettes. Immutable and thread-safe. */
final class Catalogue {
    private final SortedMap<String, Card> cards;
    private final List<String> names;
    private final Map<Long, int[]> byFingerprint;
    private final Map<String, int[]> byEndpoint;

    Catalogue(SortedMap<String, Card> cards) {
        this.cards = new TreeMap<>(cards);
        this.names = List.copyOf(cards.keySet());
        this.byFingerprint = index(Card::fingerprints);
        this.byEndpoint = index(Card::endpoints);
    }

    private <K> Map<K, int[]> index(Function<Card, List<K>> keys) {
        Map<K, Places> index = new HashMap<>();
        int place = 0;
        for (Card card : cards.values()) {
            for (K key : keys.apply(card)) {
                index.computeIfAbsent(key, any -> new Places()).add(place);
            }
            place++;
        }
        return Places.collected(index);
    }

    /** The cassettes that have an interaction under one of these fingerprints, in sorted order; shared and not to be modified. */
    int[] candidates(long[] fingerprints) {
        List<int[]> found = new ArrayList<>();
        for (long fingerprint : fingerprints) {
            Optional.ofNullable(byFingerprint.get(fingerprint)).ifPresent(found::add);
        }
        return Places.merged(found);
    }

    /** The name of a cassette. */
    String name(int candidate) {
        return names.get(candidate);
    }

    /** The names of the cassettes that have an interaction with this endpoint, sorted. */
    List<String> about(String endpoint) {
        int[] found = byEndpoint.get(endpoint);
        return found == null
                ? List.of()
                : Arrays.stream(found).mapToObj(names::get).toList();
    }

    /** What is known of a cassette, if its file has not changed since. */
    @Nullable
    Card card(String name, Stamp stamp) {
        Card card = cards.get(name);
        return card != null && card.stamp.equals(stamp) ? card : null;
    }

    /** The names of all cassettes. */
    Set<String> names() {
        return cards.keySet();
    }

    /** Why cassettes could not be read, by name. */
    List<String> failures() {
        return cards.values().stream().flatMap(card -> card.failure.stream()).toList();
    }

    /** True if both are made of the same files. */
    boolean sameFiles(SortedMap<String, Stamp> files) {
        if (files.size() != cards.size()) {
            return false;
        }
        return files.entrySet().stream().allMatch(file -> card(file.getKey(), file.getValue()) != null);
    }

    /** What the catalogue knows of one cassette. */
    record Card(Stamp stamp, List<Long> fingerprints, List<String> endpoints, Optional<String> failure) {}
}
