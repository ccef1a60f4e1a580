package dev.gateway4j.cassette.internal.replay;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/** What was played and what was not, of every cassette that was opened. Thread-safe. */
final class Tally {
    private final Map<String, Sheet> sheets = new ConcurrentHashMap<>();

    /** A cassette of so many interactions was opened. */
    void opened(String cassette, int interactions) {
        Sheet sheet = sheet(cassette);
        if (sheet.interactions.get() != interactions) {
            sheet.interactions.set(interactions);
        }
    }

    /** One of its interactions answered a call. */
    void played(String cassette, int place) {
        sheet(cassette).plays.computeIfAbsent(place, any -> new LongAdder()).increment();
    }

    /** How often each interaction was played, by cassette and place. */
    SortedMap<String, SortedMap<Integer, Long>> played() {
        SortedMap<String, SortedMap<Integer, Long>> counts = new TreeMap<>();
        sheets.forEach((cassette, sheet) -> {
            SortedMap<Integer, Long> places = new TreeMap<>();
            sheet.plays.forEach((place, count) -> places.put(place, count.sum()));
            if (!places.isEmpty()) {
                counts.put(cassette, Collections.unmodifiableSortedMap(places));
            }
        });
        return counts;
    }

    /** The places that never were, by cassette. */
    SortedMap<String, List<Integer>> unused() {
        SortedMap<String, List<Integer>> unused = new TreeMap<>();
        sheets.forEach((cassette, sheet) -> {
            List<Integer> places = new ArrayList<>();
            IntStream.range(0, sheet.interactions.get())
                    .filter(place -> !sheet.plays.containsKey(place))
                    .forEach(places::add);
            if (!places.isEmpty()) {
                unused.put(cassette, List.copyOf(places));
            }
        });
        return unused;
    }

    void reset() {
        sheets.clear();
    }

    private Sheet sheet(String cassette) {
        return sheets.computeIfAbsent(cassette, any -> new Sheet());
    }

    private static final class Sheet {
        private final AtomicInteger interactions = new AtomicInteger();
        private final Map<Integer, LongAdder> plays = new ConcurrentHashMap<>();
    }
}
